// Starts a real demo on a free port in a folder of its own, and stops it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;

/** A demo that is being served: `{ url, accounts, folder, stop }`. */
export async function demo(binary) {
  const folder = mkdtempSync(join(tmpdir(), "abide-browser-"));
  const child = spawn(binary, ["demo", "--json", "--port", "0", "--data", join(folder, "demo")], { cwd: root });
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([new Promise((done) => child.once("exit", done)), new Promise((done) => setTimeout(done, 5000))]);
    rmSync(folder, { recursive: true, force: true });
  };
  let said = "";
  let complained = "";
  child.stderr.on("data", (text) => (complained += text));
  const ready = new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      said += text;
      try {
        resolve(JSON.parse(said));
      } catch {
        // Not the whole document yet.
      }
    });
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}: ${complained}`)));
    setTimeout(() => reject(new Error(`the demo did not start in five minutes: ${complained}`)), 300_000).unref();
  });
  const { url, accounts } = await ready;
  return { url, accounts, folder: join(folder, "demo"), stop };
}
