//! A notice compiled, an old one judged and imported, and time that grows with the text and not with its square.
//!
//! The material is our own three notices, and the same with their rules stripped: prose of the size that real ones have.

use std::hint::black_box;

use check::{Source, check};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;

const NOTICES: [(&str, &str); 3] = [
    (
        "stakeholders",
        include_str!("../../notices/care-leavers-stakeholders.notice.md"),
    ),
    (
        "people",
        include_str!("../../notices/care-leavers-people.notice.md"),
    ),
    (
        "kinship",
        include_str!("../../notices/kinship-care-stakeholders.notice.md"),
    ),
];

/// The words of a notice without its rules.
fn prose(notice: &str) -> String {
    let mut rules = false;
    notice
        .lines()
        .filter(|line| {
            if line.starts_with("```") {
                rules = !rules;
                return false;
            }
            !rules && !line.starts_with("<!--")
        })
        .fold(String::new(), |text, line| text + line + "\n")
}

/// A text of about so many bytes, made of whole notices one behind the other.
fn long(bytes: usize) -> String {
    let one: String = NOTICES.iter().map(|(_, n)| prose(n)).collect();
    one.repeat(bytes / one.len() + 1)
}

/// The first so many words.
fn first(text: &str, words: usize) -> String {
    let mut left = words;
    let mut out = String::new();
    for line in text.lines() {
        let here = line.split_whitespace().count();
        if here > left {
            break;
        }
        left -= here;
        out += line;
        out += "\n";
    }
    out
}

fn checking(c: &mut Criterion) {
    let day = date(2026, 11, 22);
    let mut group = c.benchmark_group("check");
    for (name, notice) in NOTICES {
        group.bench_with_input(BenchmarkId::new("literate", name), notice, |b, text| {
            b.iter(|| check(&Source::of(black_box(text)), day));
        });
        let words = prose(notice);
        group.throughput(Throughput::Bytes(words.len() as u64));
        group.bench_with_input(BenchmarkId::new("prose", name), &words, |b, text| {
            b.iter(|| check(&Source::prose(black_box(text)), day));
        });
    }
    group.finish();
}

fn importing(c: &mut Criterion) {
    let mut group = c.benchmark_group("import");
    let text = first(&long(40_000), 2_000);
    group.bench_function("2,000 words", |b| {
        b.iter(|| notice::import::draft(black_box(&text)));
    });
    group.sample_size(10);
    for megabytes in [1, 5] {
        let text = long(megabytes * 1_000_000);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("megabytes", megabytes),
            &text,
            |b, text| {
                b.iter(|| notice::import::draft(black_box(text)));
            },
        );
    }
    group.finish();
}

fn compiling(c: &mut Criterion) {
    let day = date(2026, 11, 22);
    let mut group = c.benchmark_group("compile");
    for (name, notice) in NOTICES {
        group.bench_with_input(BenchmarkId::new("parse", name), notice, |b, text| {
            b.iter(|| notice::parse(black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("format", name), notice, |b, text| {
            b.iter(|| notice::format(black_box(text)));
        });
        let sound = check(&Source::of(notice), day).sound;
        let Some(sound) = sound else { continue };
        group.bench_with_input(BenchmarkId::new("html", name), &sound, |b, sound| {
            b.iter(|| publish::standalone::page(black_box(sound)));
        });
    }
    group.finish();
}

criterion_group!(benches, checking, importing, compiling);
criterion_main!(benches);
