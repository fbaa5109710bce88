//! The stylesheet and the script, carried inside the program so that a page never asks anyone else.
//!
//! Each has its content's fingerprint in its address, so it may be cached for ever and is never stale.

/// A file the pages ask for.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The name without its fingerprint: `abide.css`.
    pub name: &'static str,
    /// Media type for the `content-type` header.
    pub media_type: &'static str,
    /// The content.
    pub bytes: &'static [u8],
    mark: u64,
}

/// The one stylesheet.
pub const CSS: Asset = Asset::new(
    "abide.css",
    "text/css; charset=utf-8",
    include_bytes!("../assets/abide.css"),
);

/// The one script; every page works without it.
pub const JS: Asset = Asset::new(
    "abide.js",
    "text/javascript; charset=utf-8",
    include_bytes!("../assets/abide.js"),
);

/// The small picture in the browser's tab.
pub const ICON: Asset = Asset::new(
    "abide.svg",
    "image/svg+xml",
    include_bytes!("../assets/abide.svg"),
);

/// How long a browser may keep an asset: its address changes when it does.
pub const CACHE: &str = "public, max-age=31536000, immutable";

/// The policy every page is sent with: nothing from elsewhere, nothing inline, no frames.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

impl Asset {
    const fn new(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        Self {
            name,
            media_type,
            bytes,
            mark: fingerprint(bytes),
        }
    }

    /// Its address: `/assets/4f0c…/abide.css`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("/assets/{:016x}/{}", self.mark, self.name)
    }
}

/// The asset behind an address below `/assets/`, where fingerprint and name both fit.
#[must_use]
pub fn find(fingerprint: &str, name: &str) -> Option<Asset> {
    [CSS, JS, ICON]
        .into_iter()
        .find(|asset| asset.name == name && format!("{:016x}", asset.mark) == fingerprint)
}

/// FNV-1a, 64 bits: told apart for a cache, not proven against a forger.
const fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut rest = bytes;
    while let Some((byte, tail)) = rest.split_first() {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        rest = tail;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{CSS, JS, find};

    #[test]
    fn an_asset_is_found_by_its_own_address_only() {
        let url = CSS.url();
        let mut parts = url.trim_start_matches("/assets/").split('/');
        let mark = parts.next().unwrap();
        assert_eq!(find(mark, "abide.css").unwrap().bytes, CSS.bytes);
        assert!(find(mark, "abide.js").is_none());
        assert!(find("0000000000000000", "abide.css").is_none());
        assert_ne!(CSS.url(), JS.url());
    }

    #[test]
    fn the_stylesheet_and_script_ask_nobody_and_stay_small() {
        for asset in [CSS, JS] {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for word in ["http:", "https:", "//cdn", "@import", "url(", "eval("] {
                assert!(!text.contains(word), "{} contains {word}", asset.name);
            }
        }
        assert!(std::str::from_utf8(CSS.bytes).unwrap().lines().count() <= 900);
        assert!(std::str::from_utf8(JS.bytes).unwrap().lines().count() <= 200);
    }
}
