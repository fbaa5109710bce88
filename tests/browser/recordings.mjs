// A recording of twenty megabytes goes over a line that breaks, in a real browser: it says how far it is, goes on where it was and
// arrives whole. So does one of a group, one that another visit goes on with, and one sent without JavaScript.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SIZE = 20 * 1024 * 1024;

export async function recordings({ test, must, open, picture, fitForAll, house, dpo, researcher }) {
  const folder = mkdtempSync(join(tmpdir(), "abide-sound-"));
  const sound = randomBytes(SIZE);
  const digest = createHash("sha256").update(sound).digest("hex");
  const file = join(folder, "talk.mp3");
  writeFileSync(file, sound);
  const short = join(folder, "short.mp3");
  writeFileSync(short, randomBytes(300_000));
  const words = join(folder, "words.txt");
  writeFileSync(words, "not a sound");
  const kB = new RegExp(`${SIZE / 1024} kB, sealed`);
  const people = [];

  async function known() {
    await dpo.goto(`${house.url}/desk/projects/3032/people`);
    return dpo.locator('main a[href^="/desk/people/per_"]').evaluateAll((links) => links.map((a) => a.getAttribute("href").split("/").pop()));
  }
  /** Somebody who signs up and agrees, by the id staff know them by. */
  async function joins(name) {
    const before = new Set(await known());
    const page = await open({ viewport: { width: 390, height: 844 } });
    await page.goto(`${house.url}/notices/care-leavers-people/sign-up`);
    await page.fill('input[name="name"]', name);
    await page.fill('input[name="email"]', `${name.replace(" ", ".").toLowerCase()}@example.org`);
    await page.getByLabel("Yes, I agree").check();
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.context().close();
    const id = (await known()).find((it) => !before.has(it));
    must(id, "nobody is new in the list of people");
    return id;
  }

  /** Slows the line down so that there is a middle of it. */
  async function slowly(page) {
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    const set = (offline, upload) => {
      // Complaints of a cut line may come after it is mended, so it counts as cut for good.
      page.cut ||= offline;
      return line.send("Network.emulateNetworkConditions", { offline, latency: 5, downloadThroughput: -1, uploadThroughput: upload });
    };
    await set(false, 4 * 1024 * 1024);
    return { cut: () => set(true, 0), mend: () => set(false, -1) };
  }
  const far = (page) => page.locator("form[data-pieces] progress").evaluate((bar) => bar.value);
  async function until(page, so, what) {
    for (let n = 0; n < 600; n += 1) {
      if (await so().catch(() => false)) return;
      await page.waitForTimeout(50);
    }
    throw new Error(what);
  }
  async function whole(page) {
    const link = page.locator('main a[href*="/recordings/blb_"]').last();
    await link.click();
    await page.locator('select[name="purpose"]').selectOption("understand");
    await page.getByRole("button", { name: "Open it" }).click();
    const heard = await page.evaluate(async () => {
      const from = document.querySelector("audio[src], audio source, video[src]");
      const bytes = await (await fetch(from.src)).arrayBuffer();
      const digest = await crypto.subtle.digest("SHA-256", bytes);
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    });
    must(heard === digest, "what is heard is not what was sent");
  }

  await test("a recording of 20 MB shows how far it is, survives a broken line and arrives whole", async () => {
    people.push(await joins("Rosalind Testwood"));
    const here = `${house.url}/desk/interviews/${people[0]}`;
    await researcher.goto(here);
    const line = await slowly(researcher);
    await researcher.setInputFiles('input[name="audio"]', file);
    await researcher.getByRole("button", { name: "Store it" }).click();
    await until(researcher, async () => (await far(researcher)) > SIZE * 0.3, "the bar does not move");
    must(/[3-9]\d % of it has arrived/.test(await researcher.locator("form[data-pieces] [role=status]").innerText()), "it does not say how far it is");
    await picture(researcher, "recording-arriving");
    await line.cut();
    await until(researcher, async () => /line broke/.test(await researcher.locator("form[data-pieces]").innerText()), "nothing says that the line broke");
    await picture(researcher, "recording-broken");
    await fitForAll(researcher, "a recording that broke off");
    await line.mend();
    await until(researcher, async () => kB.test(await researcher.locator("main").innerText()), "it did not arrive");
    await picture(researcher, "recording-arrived");
    must(!/half here/.test(await researcher.locator("main").innerText()), "half of it is still said to be here");
    await whole(researcher);
  });

  await test("a recording goes on after the page was closed in the middle", async () => {
    people.push(await joins("Beatrix Testwood"));
    const here = `${house.url}/desk/interviews/${people[1]}`;
    await researcher.goto(here);
    const line = await slowly(researcher);
    await researcher.setInputFiles('input[name="audio"]', file);
    await researcher.getByRole("button", { name: "Store it" }).click();
    // Past the first piece, which is what is kept for certain.
    await until(researcher, async () => (await far(researcher)) > SIZE * 0.85, "the bar does not move");
    await researcher.goto("about:blank");
    await line.mend();
    await researcher.goto(here);
    must(/half here/.test(await researcher.locator("main").innerText()), "nothing says that half of it is here");
    await picture(researcher, "recording-half");
    const begins = [];
    researcher.on("request", (it) => it.method() === "PATCH" && begins.push(Number(it.headers()["upload-offset"])));
    await researcher.setInputFiles('input[name="audio"]', file);
    await researcher.getByRole("button", { name: "Store it" }).click();
    await until(researcher, async () => kB.test(await researcher.locator("main").innerText()), "it did not arrive");
    // The piece that was under way when the page closed may have arrived after all: then nothing is sent again.
    must(begins.every((from) => from >= 16 * 1024 * 1024), `it began again at ${begins[0]}`);
    await whole(researcher);
  });

  await test("what is no sound, and whoever may not be recorded, is refused in words", async () => {
    const here = `${house.url}/desk/interviews/${people[0]}`;
    await researcher.goto(here);
    await researcher.setInputFiles('input[name="audio"]', words);
    await researcher.getByRole("button", { name: "Store it" }).click();
    must(/no sound/.test(await researcher.locator("main").innerText()), "a text was taken for a sound");
    researcher.complaints = researcher.complaints.filter((c) => !/403/.test(c));
  });

  await test("a recording is sent whole where there is no JavaScript", async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${house.url}/sign-in`);
    const account = house.accounts.find((a) => a.role === "researcher");
    await page.fill('input[name="name"]', account.email);
    await page.fill('input[name="password"]', account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.goto(`${house.url}/desk/interviews/${people[1]}`);
    await page.setInputFiles('input[name="audio"]', file);
    await page.getByRole("button", { name: "Store it" }).click();
    await page.waitForURL(/\/desk\/interviews\/per_/);
    const stored = (await page.locator("main").innerText()).match(new RegExp(kB, "g"));
    must(stored?.length === 2, `${stored?.length} recordings are stored`);
    await page.context().close();
  });

  await test("a group's recording arrives in pieces, and one leaves without the others' words", async () => {
    await researcher.goto(`${house.url}/desk/projects/3032/groups`);
    for (const id of people) await researcher.locator(`input[name="people"][value="${id}"]`).check();
    await researcher.locator('select[name="way"]').selectOption("online");
    await picture(researcher, "groups");
    await fitForAll(researcher, "groups");
    await researcher.getByRole("button", { name: "It took place today" }).click();
    const here = researcher.url();
    must(/\/desk\/groups\/met_/.test(here), `it led to ${here}`);
    await researcher.setInputFiles('input[name="audio"]', file);
    await researcher.getByRole("button", { name: "Store it" }).click();
    await until(researcher, async () => kB.test(await researcher.locator("main").innerText()), "it did not arrive");
    await whole(researcher);
    await researcher.goto(here);
    const names = people.map((id) => `P-${id.slice(-4).toUpperCase()}`);
    await researcher.fill('textarea[name="text"]', `Staff: How did it begin?\n${names[0]}: With a letter.\n${names[1]}: I was nine.`);
    await researcher.getByRole("button", { name: /Seal it/ }).click();
    const reads = async () => {
      await researcher.locator('form:has(input[name="text"][type="hidden"]) select[name="purpose"]').selectOption("understand");
      await researcher.getByRole("button", { name: "Open it" }).click();
      return researcher.locator(".turns").innerText();
    };
    must(/With a letter[^]*I was nine/.test(await reads()), "the text does not read as it was written");
    await picture(researcher, "group");
    await fitForAll(researcher, "a group");
    await dpo.goto(`${house.url}/desk/requests/new`);
    await dpo.locator('select[name="project"]').selectOption({ index: 1 });
    await dpo.fill('input[name="holding"]', people[0]);
    await dpo.locator('input[name="kinds"][value="erase"]').check();
    await dpo.getByRole("button", { name: "Open it" }).click();
    await dpo.locator('input[name="decision"][value="granted"]').check();
    await dpo.fill('textarea[name="because"]', "nothing needs them any more");
    await dpo.getByRole("button", { name: "Decide" }).click();
    must(/Send the answer/.test(await dpo.locator("main").innerText()), "nobody is told to send the answer");
    await picture(dpo, "request-erased");
    await fitForAll(dpo, "a request that was granted");
    await dpo.getByRole("button", { name: "Open the reply" }).click();
    const letter = await dpo.locator("main").innerText();
    must(/rosalind\.testwood@example\.org/.test(letter), "the letter does not say where it goes");
    const code = /its code is ([0-9a-f-]{24})/.exec(letter)?.[1];
    must(code, "the letter has no code");
    await picture(dpo, "last-letter");
    await dpo.goBack();
    await dpo.getByRole("button", { name: /It was sent/ }).click();
    must(!/Send the answer/.test(await dpo.locator("main").innerText()), "the address is still kept");

    const phone = await open({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    await phone.goto(`${house.url}/certificate`);
    await phone.fill('input[name="code"]', code.replaceAll("-", " "));
    await phone.getByRole("button", { name: "Show it" }).click();
    must(/Everything was erased/.test(await phone.locator("main").innerText()), "the certificate does not say so");
    const [kept] = await Promise.all([phone.waitForEvent("download"), phone.getByRole("link", { name: /Keep the receipt/ }).click()]);
    must(kept.suggestedFilename() === "certificate-of-erasure.receipt", kept.suggestedFilename());
    await phone.context().close();
    const reader = await open();
    await reader.goto(`${house.url}/certificate?code=${code}`);
    await picture(reader, "certificate");
    await fitForAll(reader, "certificate");
    await reader.context().close();

    await researcher.goto(here);
    const left = await reads();
    must(/someone who has left the study/.test(left) && /I was nine/.test(left) && !/letter/.test(left), `it reads: ${left}`);
    await picture(researcher, "group-left");
  });

  rmSync(folder, { recursive: true, force: true });
}
