// A survey in a real browser: built by a lead who is refused what the notice does not list, tried, put out; answered on a telephone
// without JavaScript by somebody who stops and comes back; taken back by its code.

export async function surveys({ test, must, open, picture, fitForAll, house, lead }) {
  const heading = "What would help carers";
  const add = async (words, item, kind, more = {}) => {
    await lead.getByRole("link", { name: /^Add a question/ }).first().click();
    await lead.fill('input[name="words"]', words);
    await lead.fill('input[name="item"]', item);
    await lead.selectOption('select[name="kind"]', kind);
    if (more.choices) await lead.fill('textarea[name="choices"]', more.choices);
    if (more.required) await lead.check('input[name="required"]');
    if (more.only) await lead.selectOption('select[name="only"]', more.only);
    await lead.getByRole("button", { name: "Save" }).click();
  };

  await test("a lead builds a survey and is refused a question that could say who answers", async () => {
    await lead.goto(`${house.url}/desk/projects/3035/surveys`);
    // The made-up house has one that is out: this becomes the next version of it.
    await lead.getByLabel(/Views/).check();
    await lead.fill('input[name="title"]', heading);
    await picture(lead, "surveys");
    await fitForAll(lead, "surveys");
    await lead.getByRole("button", { name: "Begin" }).click();
    await add("What is your email address?", "email", "email");
    must((await lead.textContent("main")).includes("could say who answers"), "the question was not refused");
    await fitForAll(lead, "survey-question-refused");
    await lead.getByRole("link", { name: heading }).click();
    await add("Do you care for somebody?", "views", "one", { choices: "Yes\nNo", required: true });
    await add("What would help most?", "views", "long", { only: "q1 is 0" });
    const page = await lead.textContent("main");
    must(page.includes("may name somebody in this open box"), "the open box is not flagged");
    await picture(lead, "survey-built");
    await fitForAll(lead, "survey-built");
    await lead.getByRole("link", { name: "Preview" }).click();
    await lead.getByLabel("Yes").check();
    await lead.getByRole("button", { name: "Try it" }).click();
    must(await lead.getByLabel(/What would help most/).isVisible(), "the branch did not open");
    await picture(lead, "survey-preview");
    await fitForAll(lead, "survey-preview");
    await lead.getByRole("link", { name: heading }).click();
    await lead.getByRole("button", { name: "Put it out" }).click();
    must((await lead.textContent("main")).includes("/survey/kinship-care-stakeholders/views"), "no link for everybody");
    await lead.getByRole("link", { name: "Is it anonymous?" }).click();
    await picture(lead, "survey-checks");
    await fitForAll(lead, "survey-checks");
  });

  await test("a stranger answers on a telephone without JavaScript, stops, comes back, sends and takes it back", async () => {
    const options = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
    const stranger = await open(options);
    await stranger.goto(`${house.url}/survey/kinship-care-stakeholders/views`);
    await picture(stranger, "survey");
    await stranger.getByRole("button", { name: "Send my answers" }).click();
    must((await stranger.textContent("main")).includes("Answer this question."), "what must be answered was not asked for");
    await stranger.getByLabel("Yes").check();
    await stranger.getByRole("button", { name: "Send my answers" }).click();
    await stranger.getByLabel(/What would help most/).fill("Somebody to ring in the evening");
    await stranger.getByRole("button", { name: "Stop, and go on later" }).click();
    const code = async () => (await stranger.textContent("main")).match(/[0-9a-z]{4}(-[0-9a-z]{4}){4}/)[0];
    const draft = await code();
    await picture(stranger, "survey-kept");
    const cookies = await stranger.context().cookies();
    must(cookies.length === 0, "a cookie was set");
    await stranger.context().close();

    const later = await open();
    await later.goto(`${house.url}/survey/back`);
    await later.fill('input[name="code"]', draft.toUpperCase());
    await later.getByRole("button", { name: "Go on" }).click();
    const said = await later.getByLabel(/What would help most/).inputValue();
    must(said === "Somebody to ring in the evening", "what was said is lost");
    await fitForAll(later, "survey");
    await later.getByRole("button", { name: "Send my answers" }).click();
    const main = await later.textContent("main");
    must(main.includes("Your answers have been sent") || main.includes("Thank you"), "the answers were not sent");
    await picture(later, "survey-sent");
    await fitForAll(later, "survey-sent");
    const undo = main.match(/[0-9a-z]{4}(-[0-9a-z]{4}){4}/)[0];
    await later.goto(`${house.url}/survey/undo`);
    await later.fill('input[name="code"]', undo);
    await picture(later, "survey-undo");
    await fitForAll(later, "survey-undo");
    await later.getByRole("button", { name: "Erase my answers" }).click();
    must((await later.textContent("main")).includes("erased"), "the answers were not taken back");
    await later.context().close();
  });
}
