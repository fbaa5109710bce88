// A real browser walks through a real demo, as people would. Prints one line a test, in TAP's manner.
// `SHOTS=FOLDER` also keeps pictures of the pages, desktop and phone.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { demo } from "./house.mjs";
import { recordings } from "./recordings.mjs";
import { surveys } from "./surveys.mjs";

const root = new URL("../..", import.meta.url).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

// `ABIDE=PATH` takes a program that was built before.
if (!process.env.ABIDE) execFileSync("cargo", ["build", "--quiet", "--package", "cli"], { cwd: root, stdio: "inherit" });
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const house = await demo(process.env.ABIDE ?? join(target, "debug", "abide"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

let failed = 0;
// `ONLY='come in|recording'` walks through those alone.
const only = new RegExp(process.env.ONLY ?? "");
async function test(name, work) {
  if (!only.test(name)) return;
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n  ${String(error.message ?? error).split("\n").slice(0, 12).join("\n  ")}`);
  }
}
function must(so, words) {
  if (!so) throw new Error(words);
}

/** A page that collects what the browser complains of; a line that a test has cut (`page.cut`) is no complaint. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && !(page.cut && /ERR_INTERNET_DISCONNECTED/.test(message.text())) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  return page;
}
async function picture(page, name) {
  if (!shots) return;
  await page.screenshot({ path: join(shots, `${name}-desk.png`), fullPage: true });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(shots, `${name}-phone.png`), fullPage: true });
  await page.setViewportSize(size);
}
/** WCAG 2.2 AA by axe, and nothing wider than a phone. */
async function fitForAll(page, name) {
  // The page's own policy forbids foreign scripts, so axe comes in through the debugger.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  must(found.violations.length === 0, `${name}: ${found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html}`).join("; ")}`);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(size);
  must(wide <= 390, `${name}: ${wide} pixels wide on a phone`);
}
async function signIn(page, role) {
  const account = house.accounts.find((a) => a.role === role);
  await page.goto(account.sign_in);
  await page.getByRole("button", { name: "Come in" }).click();
  must(new URL(page.url()).pathname === "/desk", `signing in led to ${page.url()}`);
}
/** How many acts are on record under a clause, as its page says. */
async function done(page, notice, path) {
  await page.goto(`${house.url}/desk/clauses/${notice}/${path}`);
  const said = /Done under it\s+(\d+)/.exec(await page.locator("main").innerText());
  must(said, `the page of ${path} does not say how much was done under it`);
  return Number(said[1]);
}

const dpo = await open();
const lead = await open();
const researcher = await open();
const kinship = "kinship-care-stakeholders";
let person;

await test("the front page and the notices read well", async () => {
  await dpo.goto(house.url);
  await picture(dpo, "front");
  await fitForAll(dpo, "front page");
  await dpo.goto(`${house.url}/notices/care-leavers-people`);
  await picture(dpo, "notice");
  await fitForAll(dpo, "notice");
});

await test("staff come in by a link that works once", async () => {
  await signIn(dpo, "data protection officer");
  await signIn(lead, "project lead");
  await signIn(researcher, "researcher");
  await picture(dpo, "home");
  await fitForAll(dpo, "home");
  const again = await open();
  await again.goto(house.accounts.find((a) => a.role === "researcher").sign_in);
  await again.getByRole("button", { name: "Come in" }).click();
  must(/used|work/.test(await again.locator("main").innerText()), "a sign-in link worked twice");
});

await test("the promises page shows a verdict beside every clause", async () => {
  await dpo.goto(`${house.url}/desk/notices/${kinship}`);
  const marks = await dpo.locator(".mark").count();
  must(marks > 60, `only ${marks} marks`);
  await picture(dpo, "promises");
  await fitForAll(dpo, "promises page");
});

await test("a value is read for a purpose of the notice, and the clause is shown", async () => {
  await researcher.goto(`${house.url}/desk/projects/3032/people`);
  await picture(researcher, "people");
  const people = await researcher.locator('main a[href^="/desk/people/per_"]').evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  for (const to of people) {
    await researcher.goto(house.url + to);
    const role = researcher.locator('input[name="items"][value="job-title"]');
    const told = !/restrict|object|withdr|not been told/i.test(await researcher.locator("main").innerText());
    if (told && (await role.count()) && (await researcher.locator('select[name="purpose"] option[value="understand"]').count())) {
      person = to;
      break;
    }
  }
  must(person, "nobody with a job title");
  await researcher.locator('select[name="purpose"]').selectOption("understand");
  await researcher.locator('input[name="items"][value="job-title"]').check();
  await researcher.getByRole("button", { name: "Read", exact: true }).click();
  const text = await researcher.locator("main").innerText();
  must(/You may read this/i.test(text), "it was not allowed");
  must(/why\/purpose\/understand/.test(text), "the clause is not shown");
  await picture(researcher, "person-read");
  await fitForAll(researcher, "person");
});

await test("for another purpose it is refused, with the clause and what to do", async () => {
  await researcher.goto(house.url + person);
  await researcher.locator('select[name="purpose"]').selectOption("recontact");
  await researcher.locator('input[name="items"][value="job-title"]').check();
  await researcher.getByRole("button", { name: "Read", exact: true }).click();
  const text = await researcher.locator("main").innerText();
  must(!/You may read this/i.test(text), "it was allowed");
  must(/#3032|why\//.test(text), "no clause is named");
  must(!(await researcher.locator(".answer").innerText()).includes("undefined"), "the panel is broken");
  await picture(researcher, "person-refused");
});

await test("a made-up person sees their own data and opts out with one click", async () => {
  const page = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(`${house.url}/notices/care-leavers-stakeholders/sign-up`);
  await picture(page, "sign-up");
  await fitForAll(page, "sign-up");
  await page.fill('input[name="name"]', "Wilhelmina Testwood");
  await page.fill('input[name="email"]', "wilhelmina.testwood@example.org");
  await page.fill('input[name="job-title"]', "Leaving care adviser");
  await page.getByLabel("Yes, I agree").check();
  await page.getByRole("button", { name: "Sign up" }).click();
  await picture(page, "signed-up");
  await page.getByRole("link", { name: "My data" }).click();
  await page.getByRole("button", { name: "Come in" }).click();
  must((await page.locator("main").innerText()).includes("wilhelmina.testwood@example.org"), "her address is not shown to her");
  await picture(page, "your-data");
  await fitForAll(page, "your data");
  const before = await done(dpo, "care-leavers-stakeholders", "your-rights/right/opt-out");
  await page.goto(`${house.url}/your-data/opt-out`);
  await picture(page, "opt-out");
  const every = page.locator('main form input[type="checkbox"], main form input[type="radio"]');
  if (await every.count()) await every.first().check();
  await page.locator('main form button').first().click();
  must(/stop|opted out|will not/i.test(await page.locator("main").innerText()), "nothing says that it was done");
  const after = await done(dpo, "care-leavers-stakeholders", "your-rights/right/opt-out");
  must(after === before + 1, `the clause's evidence went from ${before} to ${after}`);
});

await surveys({ test, must, open, picture, fitForAll, house, lead });

await recordings({ test, must, open, picture, fitForAll, house, dpo, researcher });

await test("at a later date the sweep erases, and the clause's evidence grows", async () => {
  await dpo.goto(`${house.url}/desk/projects/3032`);
  await lead.goto(`${house.url}/desk/projects/3032`);
  await picture(lead, "project");
  const kept = "how-long/keep/contact+role+place+words+quotes";
  const before = await done(dpo, "care-leavers-stakeholders", kept);
  await picture(dpo, "clause");
  await fitForAll(dpo, "clause");
  // The report is delivered; then two years and a day pass.
  await lead.locator('select[name="event"]').selectOption("final-report.delivered");
  const happened = lead.locator('input[name="what"][value="happened"], input[name="how"][value="happened"], input[name="did"][value="happened"]');
  if (await happened.count()) await happened.first().check();
  const day = await lead.locator('main input[type="date"]').first();
  const today = await lead.locator(".demo time, [class*=demo] time").first().getAttribute("datetime");
  await day.fill(today);
  await lead.getByRole("button", { name: "Put it on record" }).click();
  await dpo.goto(`${house.url}/demo/clock`);
  await picture(dpo, "clock");
  const year = Number(today.slice(0, 4)) + 2;
  await dpo.locator('input[name="to"]').first().fill(`${year}-${today.slice(5, 7)}-28`);
  await dpo.getByRole("button", { name: "Move to that day" }).click();
  await dpo.goto(`${house.url}/desk/sweep`);
  await picture(dpo, "sweep");
  await fitForAll(dpo, "sweep");
  const held = dpo.locator("main form button", { hasText: /sweep|erase/i });
  await held.last().click();
  await picture(dpo, "swept");
  await dpo.goto(house.url + person);
  must(/erased/i.test(await dpo.locator("main").innerText()), "the person is still there");
  const after = await done(dpo, "care-leavers-stakeholders", kept);
  must(after > before, `the clause's evidence went from ${before} to ${after}`);
});

await test("an officer drops an old notice and sees what is wrong beside the words", async () => {
  await dpo.goto(`${house.url}/desk/check`);
  await fitForAll(dpo, "dropping a notice");
  await dpo.locator('input[type="file"]').setInputFiles(join(root, "crates/extract/tests/fixtures/python-docx.docx"));
  await dpo.getByRole("button", { name: "Check it" }).first().click();
  must((await dpo.locator(".finding").count()) > 0, "no finding stands in the margin");
  must((await dpo.locator("mark").count()) > 0, "no words are marked");
  await picture(dpo, "checked");
  await fitForAll(dpo, "checked notice");
  const [kept] = await Promise.all([dpo.waitForEvent("download"), dpo.getByRole("button", { name: "Make a literate notice of it" }).click()]);
  must(/```abide/.test(readFileSync(await kept.path(), "utf8")), "the draft has no rules");
  await dpo.locator('.finding a[href^="/desk/check/rules/"]').first().click();
  must(/Why it is bad/.test(await dpo.locator("main").innerText()), "the finding is not explained");
  await fitForAll(dpo, "a finding explained");
  await dpo.goto(`${house.url}/desk/check`);
  await dpo.getByRole("button", { name: "Check it" }).first().click();
  must(/Nothing was sent/.test(await dpo.locator("main").innerText()), "an empty form is not answered");
  // The answer to an empty form is no page, and the browser says so; nobody is to blame.
  dpo.complaints = dpo.complaints.filter((c) => !/400/.test(c));
});

await test("the log verifies after all of that", async () => {
  await dpo.goto(`${house.url}/desk/evidence`);
  await dpo.getByRole("button", { name: /check the whole log/i }).click();
  must(/verifies|whole|nothing is missing|sound/i.test(await dpo.locator("main").innerText()), "it does not say that the log verifies");
  await picture(dpo, "evidence");
});

await test("everything works without JavaScript", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${house.url}/sign-in`);
  const account = house.accounts.find((a) => a.role === "data protection officer");
  await page.fill('input[name="name"]', account.email);
  await page.fill('input[name="password"]', account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.goto(`${house.url}/desk/notices/${kinship}`);
  must((await page.locator("details").count()) > 20, "the evidence cannot be opened");
});

await test("a keyboard is enough to reach the first clause's evidence", async () => {
  await dpo.goto(`${house.url}/desk/notices/${kinship}`);
  for (let n = 0; n < 80; n += 1) {
    await dpo.keyboard.press("Tab");
    if (await dpo.evaluate(() => document.activeElement?.closest("summary") !== null)) break;
  }
  must(await dpo.evaluate(() => document.activeElement?.closest("summary") !== null), "no clause can be reached by Tab");
  await dpo.keyboard.press("Enter");
  must(await dpo.evaluate(() => document.activeElement.closest("details").open), "Enter does not open it");
});

await test("the browser complained of nothing", async () => {
  const complaints = [dpo, lead, researcher].flatMap((page) => page.complaints).filter((c) => !/40[34]/.test(c));
  must(complaints.length === 0, complaints.join("\n"));
});

await browser.close();
await house.stop();
process.exit(failed ? 1 : 0);
