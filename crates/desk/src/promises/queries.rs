//! What the verdicts ask the database, each question once for a whole notice.

store::statements! {
    /// What is filed under the clauses of one notice: counts, and the newest five of each. Two notices of a project may
    /// share clause ids, so an entry counts where it names this notice, or where it names none and is about somebody under
    /// it or about nobody.
    FILED = "select n.clause, e.at, e.chance, x.id as elder, w.verb, u.id as who, w.outcome, n.done, n.refused,
            (select a.number + (e.arrival - a.first) from arrived a where a.first <= e.arrival order by a.first desc limit 1) as number
        from (
            select f.clause, e.arrival,
                row_number() over (partition by f.clause order by e.at desc, e.arrival desc) as nth,
                sum(case when w.outcome = 'done' then 1 else 0 end) over (partition by f.clause) as done,
                sum(case when w.outcome = 'done' then 0 else 1 end) over (partition by f.clause) as refused
            from filing f join wording w on w.number = f.wording join entry e on e.wording = w.number
                left join pseudonym p on p.number = e.about left join holding h on h.id = p.id
            where f.clause >= $1 and f.clause < $2 and e.at <= $3
                and ((w.notice >= $4 and w.notice < $5) or (w.notice = '' and (h.id is null or h.notice = $6)))
        ) n join entry e on e.arrival = n.arrival join wording w on w.number = e.wording join pseudonym u on u.number = e.who
            left join elder x on x.arrival = e.arrival
        where n.nth <= 5 order by n.clause, n.nth";
    /// Everybody under a notice.
    PEOPLE = "select * from holding where notice = $1 order by id";
    /// How many values of each item are held.
    ITEMS = "select v.item, v.source_kind, count(*) as n, sum(case when v.volunteered = 0 then 1 else 0 end) as demanded
        from held v join holding h on h.id = v.holding where h.notice = $1 and h.erased_at is null group by v.item, v.source_kind";
    /// Requests of people under a notice, and of nobody known in its project.
    REQUESTS = "select r.kinds, r.due, r.received_on, r.answered_at, r.decision from request r left join holding h on h.id = r.holding
        where r.project = $1 and (h.id is null or h.notice = $2)";
    /// Complaints, likewise.
    COMPLAINTS = "select c.acknowledge_by, c.acknowledged_at, c.closed_at, c.told_of_regulator from complaint c left join holding h on h.id = c.holding
        where c.project = $1 and (h.id is null or h.notice = $2)";
    /// What was given to recipients: whether each had been reviewed and assessed by then.
    SHARES = "select s.clause, s.at, s.approved_by, r.id as recipient, r.country, r.safeguard, r.review_until, r.blocked_since,
            (select max(e.at) from pseudonym p join entry e on e.about = p.number join wording w on w.number = e.wording
                where p.id = s.recipient and w.verb = 'review' and w.outcome = 'done' and e.at <= s.at) as reviewed,
            (select min(a.at) from assessment a where a.about = s.recipient and a.kind = 'recipient') as assessed
        from share s join recipient r on r.id = s.recipient left join holding h on h.id = s.holding
        where s.project = $1 and (h.id is null or h.notice = $2)";
    /// Jobs of people under a notice whose deletion was confirmed.
    CONFIRMED = "select count(distinct j.id) as n from vendor_job j join blob_person p on p.blob = j.blob join holding h on h.id = p.holding
        where h.notice = $1 and j.confirmed_at is not null";
    /// Who is to be told of which version.
    NOTIFICATIONS = "select n.version, n.due, n.told_at from notification n join holding h on h.id = n.holding
        where n.notice = $1 and (h.erased_at is null or n.told_at is not null)";
    /// Versions on record.
    VERSIONS = "select version, content, digest, published_at from notice where name = $1 and published_at is not null";
    /// Choices of people under a notice, by kind.
    CHOICES = "select c.kind, count(*) as n from choice c join holding h on h.id = c.holding where h.notice = $1 group by c.kind";
    /// Meetings that took place with somebody under a notice.
    MEETINGS = "select distinct m.id, m.kind, m.channel, m.state, m.invited_at, m.said from meeting m join attendance a on a.meeting = m.id
        join holding h on h.id = a.holding where h.notice = $1";
    /// Who took part without having agreed before.
    UNASKED = "select count(distinct a.holding) as n from attendance a join meeting m on m.id = a.meeting join holding h on h.id = a.holding
        where h.notice = $1 and a.state = 'held' and m.state = 'held' and not exists (select 1 from agreement c where c.holding = a.holding)";
    /// How many agreed.
    AGREED = "select count(distinct c.holding) as n from agreement c join holding h on h.id = c.holding where h.notice = $1";
    /// What was done for which purpose, and by a machine.
    USES = "select w.purpose, w.verb, case when u.id like 'system:%' then 1 else 0 end as machine, count(*) as n
        from wording w join entry e on e.wording = w.number join pseudonym u on u.number = e.who
        left join pseudonym p on p.number = e.about left join holding h on h.id = p.id
        where w.project = $1 and w.outcome = 'done' and e.at <= $2
        and ((w.notice >= $3 and w.notice < $4) or (w.notice = '' and h.notice = $5)) group by w.purpose, w.verb, machine";
    /// What left as a publication.
    RELEASES = "select clause, what, k from release where project = $1";
    /// Answers to surveys nobody can be traced by.
    ANSWERS = "select survey, count(*) as n from answer where project = $1 group by survey";
    /// Post for a project.
    POST = "select state, count(*) as n from mail where project = $1 group by state";
    /// Data of several people under one key.
    ONE_KEY = "select count(*) as n from (select sealing from holding where erased_at is null group by sealing having count(*) > 1) shared";
    /// Access that should have ended.
    ACCESS = "select count(*) as n from access where project = $1 and ended_at is null and until is not null and until < $2";
    /// What waits for a milestone before it goes.
    WAITING = "select clause, about from duty where project = $1 and kind = 'deferred-erasure' and done_at is null";
    /// When something kept without an end was looked at last, and since when there is something.
    LOOKED = "select about, max(at) as at from assessment where kind = 'keep' and project = $1 group by about";
    /// The last signature of the log.
    SIGNED = "select max(at) as at from checkpoint";
    /// What came after it.
    UNSIGNED = "select count(*) as n, min(e.at) as since from arrived a join entry e on e.arrival >= a.first and e.arrival <= a.last
        where a.number is null";
    /// How the log was found last.
    FOUND = "select said from setting where name = 'log-verified'";
}
