//! The search: one step after the other is laid over the records and judged, and what is not needed for
//! the result is left out again.

use std::collections::{BTreeMap, BTreeSet};

use garant_dns::{Answers, Data, RecordType};

use super::draft::{self, Draft, Edit, Key, RecordSet};
use super::remedy;
use super::score::{self, Cause, Score};
use super::site::{Judged, Originals, Site};
use crate::assessment::Assessment;
use crate::finding::{Action, Code, Fix, Severity};
use crate::path::Path;

/// Drafts that one search judges at most. Each step costs one, and one more for each change that may be
/// left out; no zone in the tests needs more than half.
const JUDGED_MAX: usize = 64;
/// Octets that one search reads at most, counted anew for each draft that it judges (one whose removals leave a
/// doubt is read twice): records as large as the
/// DNS lets them be, at every name that is asked for, would take many seconds. An ordinary
/// domain has some kilobytes, and never meets it.
const OCTETS_JUDGED_MAX: usize = 32 * 1024 * 1024;
/// Drafts that may be judged whatever the size: one step, and whether each change is needed.
const JUDGED_MIN: usize = 4;
/// Octets of a record besides its text.
const RECORD_OCTETS: usize = 64;

/// Changes that belong together, and what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) fixes: Vec<Fix>,
    /// What the finding saw in place of what it wants.
    pub(super) found: Option<String>,
    /// The finding that has to go; without one, the state has to become better.
    pub(super) cause: Option<Cause>,
    /// Whether its changes come all or none: two keys of one service take turns, though one would do today.
    pub(super) whole: bool,
}

/// A change that is needed, and what comes back without it.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    pub(super) edit: Edit,
    pub(super) cures: Vec<Code>,
}

/// What a search comes to.
pub(super) struct Found {
    pub(super) needed: Vec<Needed>,
    /// Records that may go, and need not.
    pub(super) spare: Vec<Edit>,
    pub(super) after: Judged,
    pub(super) originals: Originals,
}

/// A state on the way.
#[derive(Clone)]
struct Point {
    draft: Draft,
    judged: Judged,
    score: Score,
}

pub(super) struct Search<'a> {
    site: &'a Site<'a>,
    before: &'a Assessment,
    focus: Option<Path>,
    originals: Originals,
    /// Sets that come all or none.
    bundles: Vec<BTreeSet<Key>>,
    judged: usize,
    /// Drafts that it may judge.
    judged_max: usize,
}

/// Drafts that may be judged of a DNS of this size.
fn judged_max(answers: &Answers) -> usize {
    let records = answers.iter().flat_map(|(_, answer)| &answer.records);
    let octets: usize = records
        .map(|record| match &record.data {
            Data::Txt(txt) => RECORD_OCTETS + txt.joined().len(),
            _ => RECORD_OCTETS,
        })
        .sum();
    (OCTETS_JUDGED_MAX / octets.max(1)).clamp(JUDGED_MIN, JUDGED_MAX)
}

impl<'a> Search<'a> {
    pub(super) fn new(site: &'a Site<'a>, before: &'a Assessment) -> Self {
        Self {
            site,
            before,
            focus: before.paths.first().cloned(),
            originals: BTreeMap::new(),
            bundles: Vec::new(),
            judged: 0,
            judged_max: judged_max(&site.observation.answers),
        }
    }

    /// The best state that steps lead to, and the fewest changes that give it; nothing when no step helps.
    pub(super) async fn run(&mut self) -> Option<Found> {
        let start = Point {
            draft: Draft::default(),
            score: self.score(self.before),
            judged: Judged {
                assessment: self.before.clone(),
                is_certain: true,
            },
        };
        let best = self.climb(start.clone()).await;
        if best.score <= start.score {
            return None;
        }
        let (needed, spare, after) = self.lessen(best, &start).await;
        (!needed.is_empty()).then_some(Found {
            needed,
            spare,
            after: after.judged,
            originals: std::mem::take(&mut self.originals),
        })
    }

    fn score(&self, assessment: &Assessment) -> Score {
        let wishes = remedy::wishes(self.site, assessment);
        Score::of(assessment, self.focus.as_ref(), wishes)
    }

    async fn judge(&mut self, mut draft: Draft) -> Point {
        self.judged += 1;
        draft.leave_out_unchanged(&self.originals);
        let request = self.site.observation.request.clone();
        let judged = self.site.judge(&draft, request).await;
        Point {
            draft,
            score: self.score(&judged.assessment),
            judged,
        }
    }

    /// Takes the most important step that does no harm, until none is left. A step that only uncovers what
    /// it hid is gone on from: the best state on the way is what counts, and where the way ends in a worse
    /// one, the search goes back and leaves that way out.
    async fn climb(&mut self, start: Point) -> Point {
        let mut best = start.clone();
        let mut current = start;
        let mut tried: Vec<Step> = Vec::new();
        // What was tried at the best state itself, and not on a way that came to nothing.
        let mut tried_at_best: Vec<Step> = Vec::new();
        while self.judged < self.judged_max / 2 {
            let steps = remedy::steps(self.site, &current.judged.assessment).await;
            let Some(step) = steps.into_iter().find(|step| !tried.contains(step)) else {
                if current.draft == best.draft {
                    break;
                }
                current = best.clone();
                tried.clone_from(&tried_at_best);
                continue;
            };
            tried.push(step.clone());
            if current.draft == best.draft {
                tried_at_best.push(step.clone());
            }
            let Some(draft) = self.applied(&current.draft, &step).await else {
                continue;
            };
            let next = self.judge(draft).await;
            if !self.is_progress(&current, &next, &step) {
                continue;
            }
            current = next;
            if current.score > best.score {
                best = current.clone();
                tried.clear();
                tried_at_best.clear();
            }
        }
        best
    }

    fn is_progress(&self, current: &Point, next: &Point, step: &Step) -> bool {
        let goes = step.cause.as_ref().is_some_and(|cause| {
            let told = |point: &Point| {
                let mut findings = point.judged.assessment.findings.iter();
                findings.any(|finding| score::cause(finding) == *cause)
            };
            told(current) && !told(next)
        });
        let is_better = next.score > current.score;
        (goes || is_better) && !self.harms(current, next)
    }

    /// Whether the mail of any service stands worse than before.
    fn harms(&self, current: &Point, next: &Point) -> bool {
        if next.score.path_is_worse_than(&current.score)
            || self.is_unproven(next)
            || opens_to_everybody(current, next)
        {
            return true;
        }
        current.judged.assessment.paths.iter().any(|path| {
            score::same_path(&next.judged.assessment, path)
                .is_some_and(|after| score::rank(after) < score::rank(path))
        })
    }

    /// Whether nobody could say what comes of the draft: where the target of a record that it publishes cannot
    /// be read, a fault that is not seen any more is not one that is cured.
    fn is_unproven(&self, point: &Point) -> bool {
        if !point.judged.is_certain {
            return true;
        }
        let mut unknown = point.judged.assessment.unknown.iter();
        unknown.any(|unknown| {
            let is_new = !self.before.unknown.contains(unknown);
            is_new
                && point.draft.iter().any(|((name, _), data)| {
                    *name == unknown.name && data.iter().any(|data| matches!(data, Data::Cname(_)))
                })
        })
    }

    /// The draft with a step made; nothing where it cannot be made, or nobody who asks could make it.
    async fn applied(&mut self, draft: &Draft, step: &Step) -> Option<Draft> {
        let mut draft = draft.clone();
        let mut bundle = BTreeSet::new();
        for fix in &step.fixes {
            if !fix.name.is_within(&self.site.organization) {
                return None;
            }
            let key = (fix.name.clone(), fix.rtype);
            let data = self.current(&draft, &key).await?;
            if step.whole && draft::is_made(&data, fix) {
                continue;
            }
            let data = draft::apply(data, fix, step.found.as_deref())?;
            self.make_room(&mut draft, fix).await?;
            draft.set(key.clone(), data);
            bundle.insert(key);
        }
        if step.whole {
            self.bundles.push(bundle);
        }
        Some(draft)
    }

    /// An alias stands alone at its name (RFC 1034, section 3.6.2): what comes beside it takes its place.
    async fn make_room(&mut self, draft: &mut Draft, fix: &Fix) -> Option<()> {
        if fix.action == Action::Delete {
            return Some(());
        }
        let others: &[RecordType] = match fix.rtype {
            // Web sites and mail exchanges are in use; texts at a name that was meant for an alias are not.
            RecordType::Cname => {
                for rtype in [RecordType::A, RecordType::Aaaa, RecordType::Mx] {
                    let key = (fix.name.clone(), rtype);
                    if !self.current(draft, &key).await?.is_empty() {
                        return None;
                    }
                }
                &[RecordType::Txt]
            }
            _ => &[RecordType::Cname],
        };
        for rtype in others {
            let key = (fix.name.clone(), *rtype);
            if !self.current(draft, &key).await?.is_empty() {
                draft.set(key, Vec::new());
            }
        }
        Some(())
    }

    /// What stands there in a draft; nothing when the DNS did not say.
    async fn current(&mut self, draft: &Draft, key: &Key) -> Option<Vec<Data>> {
        if let Some(data) = draft.get(key) {
            return Some(data.clone());
        }
        if !self.originals.contains_key(key) {
            let set: RecordSet = self.site.set(key).await?;
            self.originals.insert(key.clone(), set);
        }
        self.originals.get(key).map(|set| set.data.clone())
    }

    /// Leaves out every change without which the result is the same, and says of each other one what comes
    /// back without it.
    async fn lessen(&mut self, best: Point, start: &Point) -> (Vec<Needed>, Vec<Edit>, Point) {
        let edits = best.draft.edits(&self.originals);
        let mut groups = draft::groups(&edits, &self.bundles);
        let mut after = best;
        let mut spare = Vec::new();
        let cures = loop {
            match self.try_without(&groups, &after).await {
                // What is left may have been needed only because of what went.
                Tried::Dispensable(at, without) => {
                    let gone = groups.remove(at);
                    spare.extend(gone.into_iter().filter(|edit| edit.new.is_none()));
                    after = *without;
                }
                Tried::AllNeeded(cures) => break cures,
            }
        };
        debug_assert!(after.score > start.score, "a plan that does not help");
        let needed = groups.into_iter().zip(cures).flat_map(|(group, cures)| {
            group.into_iter().map(move |edit| Needed {
                edit,
                cures: cures.clone(),
            })
        });
        (needed.collect(), spare, after)
    }

    /// From the last to the first: what was done first was the most important.
    async fn try_without(&mut self, groups: &[Vec<Edit>], after: &Point) -> Tried {
        let mut cures = Vec::new();
        for at in (0..groups.len()).rev() {
            if self.judged >= self.judged_max {
                cures.push(Vec::new());
                continue;
            }
            let others = groups.iter().enumerate().filter(|(index, _)| *index != at);
            let draft = Draft::of(others.flat_map(|(_, group)| group), &self.originals);
            let without = self.judge(draft).await;
            if without.score >= after.score && !self.harms(after, &without) {
                return Tried::Dispensable(at, Box::new(without));
            }
            cures.push(comes_back(
                &without.judged.assessment,
                &after.judged.assessment,
            ));
        }
        cures.reverse();
        Tried::AllNeeded(cures)
    }
}

/// Whether an SPF record lets everybody send only now: one that is not read is better than one that says yes
/// to whoever imitates the domain.
fn opens_to_everybody(current: &Point, next: &Point) -> bool {
    let told = |point: &Point| {
        let mut findings = point.judged.assessment.findings.iter();
        findings.any(|finding| finding.code == Code::SpfPlusAll)
    };
    told(next) && !told(current)
}

/// What comes of leaving out one change after the other.
enum Tried {
    /// The result without this one is the same.
    Dispensable(usize, Box<Point>),
    /// What comes back without each.
    AllNeeded(Vec<Vec<Code>>),
}

/// What blocks mail or puts it at risk without a change, and does not with it.
fn comes_back(without: &Assessment, with: &Assessment) -> Vec<Code> {
    let left = score::all_causes(with);
    let mut back: Vec<(Severity, Code)> = without
        .findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Risk)
        .filter(|finding| !left.contains(&score::cause(finding)))
        .map(|finding| (finding.severity, finding.code))
        .collect();
    back.sort();
    let mut codes: Vec<Code> = Vec::new();
    for (_, code) in back {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use garant_dns::{Name, Zone, Zones};

    use super::*;
    use crate::observation::{Request, SELECTORS_MAX};
    use crate::observe::{Sources, observe};
    use crate::{NoFetch, assess};

    /// Octets of one string of a text at most.
    const STRING: usize = 250;

    /// A key in quotes at every selector that may be asked for: each is one step. Its notes have so many octets.
    fn many_faults(domain: &Name, notes: usize) -> (Zones, Request) {
        let mut text = String::from("@ TXT \"v=spf1 -all\" \n@ TXT \"v=spf1 mx -all\"\n");
        let mut request = Request::new(domain.clone());
        let notes = format!(" \"{}\"", "n".repeat(STRING)).repeat(notes / STRING);
        for index in 0..SELECTORS_MAX {
            let line = format!(
                "s{index}._domainkey TXT \"\\\"v=DKIM1; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=; k=ed25519; n=\"{notes} \"\\\"\"\n"
            );
            text.push_str(&line);
            let selector = format!("s{index}");
            request
                .selectors
                .push(selector.parse().expect("a selector"));
        }
        let zone = Zone::parse(text.as_bytes(), domain).expect("a zone");
        (Zones::new(vec![zone, Zone::new(Name::root())]), request)
    }

    /// Searches, and says how many drafts it could judge, how many it judged, and what is needed.
    fn searched(notes: usize) -> (usize, usize, usize) {
        let domain: Name = "exemple.fr".parse().expect("a name");
        let (zones, request) = many_faults(&domain, notes);
        let sources = Sources::new(&zones, &NoFetch);
        let observation = block_on(observe(sources, request, 1_795_343_700));
        let assessment = assess(&observation);
        let site = Site::new(sources, &observation, false);
        let mut search = Search::new(&site, &assessment);
        let found = block_on(search.run()).expect("some of it can be cured");
        (search.judged_max, search.judged, found.needed.len())
    }

    #[test]
    fn a_search_judges_no_more_than_its_limit() {
        let (limit, judged, needed) = searched(0);
        assert_eq!(limit, JUDGED_MAX);
        assert!(judged <= limit, "{judged}");
        assert!(judged > limit / 2, "the limit is not met");
        assert!(needed > 10, "{needed}");
    }

    #[test]
    fn the_larger_the_records_the_fewer_drafts_are_judged() {
        let notes = 60 * 1024;
        let (limit, judged, needed) = searched(notes);
        assert!(
            limit * SELECTORS_MAX * notes <= OCTETS_JUDGED_MAX,
            "{limit}"
        );
        assert!((JUDGED_MIN..JUDGED_MAX / 2).contains(&limit), "{limit}");
        assert!(judged <= limit, "{judged}");
        assert!(needed > 0, "{needed}");
    }
}
