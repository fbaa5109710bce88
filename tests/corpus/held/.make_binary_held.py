import sys, os
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from make_binary_dev import *
# ---- h04 clean docx: market research recontact
d = doc_start("Kettle Talks")
d.add_heading("Kettle Talks: privacy information for households", 0)
d.add_paragraph("Research by Oakum & Finch Research Ltd on how people use energy in the kitchen")
t = d.add_table(rows=0, cols=2); t.style = "Table Grid"
facts = [("Controller", "Oakum & Finch Research Ltd, 40 Ropewalk, Calder Quay CQ1 4RW. Telephone 01632 960 420. hello@oakumfinch.example"),
 ("Data protection officer", "dpo@oakumfinch.example"),
 ("What we ask you for", "Name; mobile number; e-mail address; tariff; photographs of your kitchen; diary of what you cook"),
 ("What we do not ask for", "Anything on health, religion or income. A diary may show what you eat; we do not draw conclusions from it about faith or health."),
 ("Where it comes from", "You. Your name and mobile number came to us from Panelgate Ltd, whose panel you joined; Panelgate’s panel is not a public source."),
 ("Purposes and lawful bases", "1. Inviting panel members to the study – legitimate interests: asking people who joined a panel in order to be asked.\n2. Studying photographs and diaries – consent.\n3. Paying £40 at the end – contract.\n4. Asking you in a year whether anything has changed – consent."),
 ("Recipients", "Lumen Diaries Inc. (diary app, Ohio, USA)\nPaywell (payments)\nNorthern Kettle Company, our client: findings only, with photographs that show no person"),
 ("Transfers", "Lumen Diaries Inc. is on the list of firms that have joined the UK Extension to the EU-US Data Privacy Framework, which UK adequacy regulations cover. We will e-mail you the entry."),
 ("How long", "Photographs and diaries: 9 months after the last diary day, 31 January 2027.\nName, mobile number, e-mail address: 15 months after the last diary day.\nPayment records: 6 years after the end of our financial year.")]
for a, b in facts:
    c = t.add_row().cells; c[0].text = a; c[1].text = b
r = t.add_row().cells; m = r[0].merge(r[1]); m.text = "You may object at any time to our inviting you (purpose 1). Reply NO or write to us and we stop."
r = t.add_row().cells; r[0].text = "Other rights"; r[1].text = "Access; rectification; erasure; restriction; portability of your diary; withdrawing consent at any time, in the app or by e-mail, as easily as you gave it."
r = t.add_row().cells; r[0].text = "Complaints"; r[1].text = "To us: you have the right to complain to Oakum & Finch at complaints@oakumfinch.example or by phone; we acknowledge within 30 days.\nTo the regulator: you have the right to complain to the Information Commissioner’s Office, https://ico.org.uk/make-a-complaint/."
r = t.add_row().cells; r[0].text = "Must you give us data?"; r[1].text = "No law asks for it. The contract to pay you needs your name and e-mail address; without them we cannot pay."
r = t.add_row().cells; r[0].text = "Automated decisions"; r[1].text = "None"
d.add_paragraph("")
d.add_paragraph("Version 1.1 – 20 October 2026 (1.0 – 5 October 2026: without the telephone number)")
d.save(HERE + "/held/h04-kettle-talks.docx")
# ---- h12 dirty docx: adoption charity
d = doc_start("Adoption")
d.add_heading("Forever Families Study", 0)
d.add_paragraph("Privacy notice for adoptive parents")
d.add_heading("A. Who we are", 2)
d.add_paragraph("Rowan Tree Adoption works in partnership with Sedgemere University on the Forever Families Study; in this notice both are “we”. We are the controller. Address: Rowan Tree Adoption, 6 Beech Avenue, Sedgemere SD6 6RT. Data Protection Officer: dpo@rowantree.example. Telephone: <insert number>")
d.add_heading("B. Information", 2)
for x in ["your name and your partner’s name", "your child’s first name, age and health needs", "what a social worker wrote when you applied for a Special Guardian Order", "your answers at interview"]:
    d.add_paragraph(x, style="List Number")
d.add_paragraph("We also obtain information about your child from elsewhere.")
d.add_heading("C. Why we use it", 2)
t = d.add_table(rows=1, cols=2); t.style = "Table Grid"
t.rows[0].cells[0].text = "What we do"; t.rows[0].cells[1].text = "Lawful basis"
for a, b in [("Learn what support adoptive families need", "Legitimate interests: support that fits adoptive families"), ("Follow up by telephone after a year", ""), ("Write a guide for agencies", "Legitimate interests: support that fits adoptive families")]:
    c = t.add_row().cells; c[0].text = a; c[1].text = b
t.cell(2, 1).merge(t.cell(3, 1))
d.add_paragraph("")
d.add_paragraph("Health needs: Article 9(2)(j); Schedule 1, paragraph 4 of the Data Protection Act 2018.")
d.add_heading("D. Sharing", 2)
d.add_paragraph("Sedgemere University; Quiet Room Counselling, if you ask to be put in touch. Information stays in the UK.")
d.add_heading("E. How long", 2)
d.add_paragraph("Interview answers are kept for a childhood and a bit. Names are kept until the guide is published on 1 October 2027.")
d.add_heading("F. Safety", 2)
d.add_paragraph("During the fieldwork, files are encrypted and kept in the locked office of the study.")
d.add_heading("G. Rights", 2)
d.add_paragraph("You have rights of access, rectification, erasure and restriction, and the right to withdraw consent.")
d.add_paragraph("You have the right to object at any time, since we rely on legitimate interests. We stop unless our grounds are compelling.")
d.add_heading("H. Complaints", 2)
d.add_paragraph("You have the right to complain to us at dpo@rowantree.example (acknowledged within 30 days) and to the Information Commissioner’s Office (https://ico.org.uk/make-a-complaint/).")
d.add_paragraph("You need not take part: no law or contract demands it. No automated decisions.")
d.add_paragraph("Dated 19 March 2026 (version 1)")
d.save(HERE + "/held/h12-forever-families.docx")
# ---- h05 clean pdf
pdf("held/h05-teacher-marking.pdf", "Marking study", "Privacy notice - Red Pen Study - University of Aldmoor - 28 September 2026", [
 P("Red Pen Study", "Title"), P("Privacy notice for teachers whose marking we study (version 1, 28 September 2026)"),
 P("1. Controller", "Heading3"),
 P("The University of Aldmoor (Aldmoor AM1 1UA, telephone 01632 960 870) is sole controller. The study is part of a doctoral degree; the doctoral researcher works under the University's supervision and is not a controller. The Ledger Foundation pays for the study and has no access to personal data. Data Protection Officer: data-protection@aldmoor.example."),
 P("2. What is collected and where it comes from", "Heading3"),
 bullets(["from your school: your name, the subject you teach, your work e-mail address", "from you: copies of marked work with pupils' names blacked out, a questionnaire, a video interview, which is recorded"], "a"),
 P("Schools hold your name and work e-mail address in their staff lists, some of which are public on their websites."),
 P("3. Purposes and lawful bases", "Heading3"),
 table([["No.", "Purpose", "Lawful basis"],
        ["1", "Inviting teachers", "Article 6(1)(e): research is a function given to the University by its Charter and by section 124 of the Education Reform Act 1988"],
        ["2", "Studying how teachers mark and why", "as for 1"],
        ["3", "Keeping your e-mail address to tell you of later studies", "Article 6(1)(a): your consent on the last page of the questionnaire"]], [30, 190, 240]),
 P("No special category data are asked for. If something of the kind comes up in an interview, it is cut from the recording the same day."),
 P("4. Recipients", "Heading3"),
 P("Scribeworks Ltd (transcription, under contract); two examiners of the thesis, who see transcripts under made-up names; Zoom, on which interviews are held."),
 P("5. Transfers", "Heading3"),
 P("Zoom Communications, Inc. is in the United States. It is certified under the UK Extension to the EU-US Data Privacy Framework, so UK adequacy regulations allow the transfer; ask the Data Protection Officer for details."),
 P("6. Retention", "Heading3"),
 table([["Data", "Kept until"],
        ["Recordings held by Scribeworks", "7 days after it delivers the transcript"],
        ["Recordings held by the University", "14 days after the interview"],
        ["Transcripts, questionnaires and marked work", "10 years after the thesis is accepted, expected by 30 September 2028"],
        ["Name and e-mail address", "the day the thesis is accepted"],
        ["E-mail address for later studies", "until you withdraw consent; we ask you again every two years"]], [230, 230]),
 P("7. Your rights", "Heading3"),
 P("You have a right of access, a right to rectification, a right to erasure, a right to restriction, and for purpose 3 a right to portability. You can withdraw your consent for purpose 3 at any time by e-mail. You can leave the study until 31 January 2028, the day before analysis begins; we then delete what we have from you."),
 P("8. Right to object", "Heading3"),
 P("You have the right to object at any time, on grounds relating to your particular situation, to purposes 1 and 2."),
 P("9. Complaints", "Heading3"),
 P("You have the right to complain to the University: dp-complaints@aldmoor.example or the telephone number in part 1. It acknowledges complaints within 30 days. You have the right to complain to the Information Commissioner's Office: https://ico.org.uk/make-a-complaint/, 0303 123 1113."),
 P("10. Voluntary; no automated decisions", "Heading3"),
 P("There is no statutory or contractual requirement to take part, and your school is not told who did. No decision is automated."),
])
# ---- h13 dirty pdf
pdf("held/h13-residents-voice.pdf", "Residents", "Residents' Voice Survey", [
 P("Residents' Voice Survey - Privacy Notice", "Title"),
 P("Mossley Bridge Borough Council, Council House, Mossley Bridge MB1 1MB, is the data controller. Tel. 01632 960 990."),
 P("WHAT WE COLLECT", "Heading3"),
 P("Your name and address, drawn from the electoral register; your views on waste, roads and parks; whether you own or rent; how many people live with you."),
 P("WHY", "Heading3"),
 table([["Purpose", "Lawful basis"], ["To learn what residents think of services", "Public task: section 3 of the Local Government Act 1999 (best value, duty to consult)"], ["To draw maps of satisfaction", "Public task: the same section"], ["To tell residents what has changed as a result", "Public task: the same section"]], [230, 230]),
 P("WHO GETS IT", "Heading3"), P("Vox Bureau Ltd, which prints and counts the forms. The Council's services get figures for each ward."),
 P("WHERE", "Heading3"), P("In the UK."),
 P("HOW LONG", "Heading3"), P("As set out in our Corporate Retention Schedule."),
 P("SECURITY", "Heading3"), P("We have appropriate technical and organisational measures in place."),
 P("YOUR RIGHTS", "Heading3"), P("You have the right of access to your data and the right to rectification."),
 P("You have the right to complain to the Council about its use of your data: write to the address above; we acknowledge within 30 days."),
 P("You need not answer. There is no statutory or contractual requirement. No automated decision-making takes place."),
])
