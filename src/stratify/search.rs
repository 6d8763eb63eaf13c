//! Looks for profiles in every way, and keeps what cohorts without profiles never show.
//!
//! Each way of looking gives one figure: of a tree the lift in patients whom it did not see, of a box how its membership
//! correlates with response, of clusters how well they come back in resamples. The same is done with [`N_NULL`] cohorts that have no profile. A way is kept only where none of them reaches
//! its figure: under the null the figures are exchangeable, so that happens once in `N_NULL + 1` cohorts, and by
//! Bonferroni's inequality any of the [`Method::ALL`] is kept by mistake in at most `8 / 200 = 4 %` of cohorts. A way that
//! has been reached can't be kept any more: it is looked at no further (Besag and Clifford 1991), which makes the answer
//! "nothing" quick.

use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::base::num::{mean, quantile};
use crate::base::seed::Stream;
use crate::base::task::{Cancelled, TaskHandle};
use crate::learn::folds::stratified_folds;
use crate::stratify::agreement::Table;
use crate::stratify::clusters::Centres;
use crate::stratify::mixture::Mixture;
use crate::stratify::null::{OnePopulation, shuffled};
use crate::stratify::patients::Points;
use crate::stratify::rule::Count;
use crate::stratify::{Feature, Patients, Rule, boxes, tree};

/// Cohorts without a profile that a way of looking is held against.
pub const N_NULL: usize = 199;
/// Of these the first that every way is held against, so that a refusal has figures.
const N_FIRST: usize = 19;
/// Folds of a cross-fit …
const N_FOLDS: usize = 5;
/// … and how often patients are dealt out to them anew.
const N_REPEATS: usize = 4;
/// Resamples by which clusters are judged.
const N_RESAMPLES: usize = 20;
/// Resamples that say how certain a membership is.
const N_REFITS: usize = 100;
/// Fewest patients of the rarer outcome, and of all, in whom profiles are looked for.
const MIN_PATIENTS: usize = 80;
/// Adjusted Rand index from which on two ways give the same clusters.
const SAME: f64 = 0.8;
/// Random beginnings of k-means on all patients, and of the mixture.
const STARTS: (usize, usize) = (10, 3);

/// A way of looking for profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The leaves of a shallow tree.
    Tree,
    /// A box in which response is frequent.
    FrequentBox,
    /// A box in which response is rare.
    RareBox,
    /// k-means with so many clusters.
    KMeans(usize),
    /// A Gaussian mixture of so many components.
    Mixture(usize),
}

impl Method {
    /// Every way, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Tree,
        Self::FrequentBox,
        Self::RareBox,
        Self::KMeans(2),
        Self::KMeans(3),
        Self::KMeans(4),
        Self::Mixture(2),
        Self::Mixture(3),
    ];

    /// Name in `results.json`; the message is `profile-method-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::FrequentBox => "frequent-box",
            Self::RareBox => "rare-box",
            Self::KMeans(_) => "k-means",
            Self::Mixture(_) => "mixture",
        }
    }

    /// Number of clusters; `None` for the ways that use the outcome.
    pub fn n_clusters(self) -> Option<usize> {
        match self {
            Self::KMeans(k) | Self::Mixture(k) => Some(k),
            Self::Tree | Self::FrequentBox | Self::RareBox => None,
        }
    }

    /// Rules learnt from these rows, which may repeat; whoever fits none is in the group after the last.
    fn rules(self, features: &[Feature], y: &[bool], rows: &[usize]) -> Vec<Rule> {
        match self {
            Self::Tree => tree::leaves(features, y, &counted(y.len(), rows)),
            Self::FrequentBox => vec![boxes::richest(features, y, rows).1],
            Self::RareBox => vec![boxes::richest(features, &turned(y), rows).1],
            Self::KMeans(_) | Self::Mixture(_) => Vec::new(),
        }
    }

    fn stream(self, stream: Stream) -> Stream {
        stream.named(self.name()).at(self.n_clusters().unwrap_or(0))
    }
}

/// Who did not respond.
fn turned(y: &[bool]) -> Vec<bool> {
    y.iter().map(|responds| !responds).collect()
}

/// What became of a way of looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No cohort without profiles reached its figure.
    Kept,
    /// Some did: what it found is what chance gives.
    Reached,
    /// It is sure enough, but another number of clusters comes back more reliably.
    Outdone,
    /// It is no less sure, but k-means gives the same clusters in all but a few patients.
    Repeated,
    /// It found nothing to divide the patients by.
    Nothing,
    /// The cohort has too few patients or measures for it.
    NotPossible,
}

/// A way of looking and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Which way.
    pub method: Method,
    /// What became of it.
    pub verdict: Verdict,
    /// Of a tree its lift in unseen patients, in [-1, 1]; of a box the correlation (phi) of being in it with responding, or
    /// with not responding for a box of rare response; of clusters their mean Jaccard index over resamples, in [0, 1].
    /// `None` where there is none.
    pub score: Option<f64>,
    /// Rate of responders among unseen patients where it was expected to be above the average, less that of the others;
    /// tree and boxes, where kept.
    pub lift: Option<f64>,
    /// Mean adjusted Rand index over the same resamples; clusters only.
    pub adjusted_rand: Option<f64>,
    /// Cohorts without profiles that it was held against.
    pub n_null: usize,
    /// Those that reached its score.
    pub n_reached: usize,
    /// The highest score in one of them.
    pub highest: Option<f64>,
    /// 95th percentile of their scores.
    pub percentile_95: Option<f64>,
    /// The profiles; none unless kept.
    pub groups: Vec<Group>,
}

/// A profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What its patients share; `None` for a cluster.
    pub rule: Option<Rule>,
    /// Its patients, ascending.
    pub members: Vec<usize>,
    /// For every patient the share of refits on resamples that put them into the profile.
    pub certainty: Vec<f64>,
    /// Mean Jaccard index of the profile and its like over those refits, in [0, 1].
    pub jaccard: f64,
    /// Mean share of responders among its patients as fits that did not see them expected it; `None` for a cluster.
    pub cross_fitted: Option<f64>,
}

/// Steps that a search takes.
pub fn n_steps() -> usize {
    Method::ALL.len() * (1 + N_NULL)
}

/// Looks for profiles in every way; one entry a way, in the order of [`Method::ALL`]. Takes [`n_steps`] steps; the caller plans them. The result depends on patients and
/// stream only. Runs on the rayon pool of the caller.
pub fn search(
    patients: &Patients,
    stream: Stream,
    task: &TaskHandle,
) -> Result<Vec<Tried>, Cancelled> {
    let search = Search::new(patients, stream);
    let tried: Result<Vec<Tried>, Cancelled> = Method::ALL
        .par_iter()
        .map(|&method| {
            task.step()?;
            Ok(search.first(method))
        })
        .collect();
    let mut tried = tried?;
    let mut scores: Vec<Vec<f64>> = vec![Vec::new(); tried.len()];
    for (from, to) in [(0, N_FIRST), (N_FIRST, 83), (83, N_NULL)] {
        let alive = |one: &Tried| one.score.is_some() && one.n_reached == 0;
        let places: Vec<usize> = (0..tried.len()).filter(|&at| alive(&tried[at])).collect();
        let draws = |&place: &usize| (from..to).map(move |draw| (place, draw));
        let draws: Vec<(usize, usize)> = places.iter().flat_map(draws).collect();
        let found: Result<Vec<f64>, Cancelled> = draws
            .par_iter()
            .map(|&(place, draw)| {
                task.step()?;
                Ok(search.null_score(tried[place].method, draw))
            })
            .collect();
        for ((place, _), score) in draws.into_iter().zip(found?) {
            scores[place].push(score);
            let one = &mut tried[place];
            one.n_null += 1;
            one.n_reached += usize::from(one.score.is_some_and(|own| score >= own));
        }
        // What is not looked at any further is done.
        for _ in 0..(tried.len() - places.len()) * (to - from) {
            task.step()?;
        }
    }
    for (one, scores) in tried.iter_mut().zip(&scores) {
        one.highest = scores.iter().copied().reduce(f64::max);
        one.percentile_95 = quantile(scores, 0.95);
        if one.score.is_some() {
            one.verdict = if one.n_reached == 0 {
                Verdict::Kept
            } else {
                Verdict::Reached
            };
        }
    }
    outdo(&mut tried);
    let kept = |one: &&mut Tried| one.verdict == Verdict::Kept;
    for one in tried.iter_mut().filter(|one| kept(one)) {
        task.check()?;
        (one.lift, one.groups) = search.groups(one.method);
    }
    repeat(&mut tried, patients.n());
    Ok(tried)
}

/// One cohort without profiles in every way, to see how long that takes.
pub fn one_draw(patients: &Patients, stream: Stream, task: &TaskHandle) -> Result<(), Cancelled> {
    let search = Search::new(patients, stream);
    let possible = Method::ALL
        .into_par_iter()
        .filter(|&method| search.is_possible(method));
    possible.for_each(|method| {
        search.null_score(method, 0);
    });
    task.check()
}

/// Of several numbers of clusters that one is kept that comes back most reliably; of equals the smaller.
fn outdo(tried: &mut [Tried]) {
    for name in ["k-means", "mixture"] {
        let own = |one: &&mut Tried| one.method.name() == name && one.verdict == Verdict::Kept;
        let mut kept: Vec<&mut Tried> = tried.iter_mut().filter(own).collect();
        let score = |one: &Tried| one.score.unwrap_or(0.0);
        kept.sort_by(|a, b| score(b).total_cmp(&score(a)));
        for one in kept.into_iter().skip(1) {
            one.verdict = Verdict::Outdone;
        }
    }
}

/// A mixture that gives the clusters of k-means again is not shown beside them.
fn repeat(tried: &mut [Tried], n: usize) {
    let kept = |name: &str| {
        let mut all = tried.iter();
        all.position(|one| one.method.name() == name && one.verdict == Verdict::Kept)
    };
    let Some((first, second)) = kept("k-means").zip(kept("mixture")) else {
        return;
    };
    let division = |one: &Tried| {
        let mut own = vec![0; n];
        for (at, group) in one.groups.iter().enumerate() {
            group.members.iter().for_each(|&patient| own[patient] = at);
        }
        own
    };
    let table = Table::new(&division(&tried[first]), &division(&tried[second]));
    if table.adjusted_rand() >= SAME {
        tried[second].verdict = Verdict::Repeated;
        tried[second].groups.clear();
    }
}

/// How clusters come back.
struct Comeback {
    /// Mean Jaccard index of the clusters, each counted once.
    jaccard: f64,
    adjusted_rand: f64,
}

/// Clusters that were fitted.
enum Clusters {
    KMeans(Centres),
    Mixture(Mixture),
}

impl Clusters {
    /// Fits to all patients; `None` for a way that is none of clusters.
    fn new(method: Method, points: &Points, stream: Stream) -> Option<Self> {
        let weights = vec![1.0; points.n];
        let mut rng = stream.rng();
        match method {
            Method::KMeans(k) => {
                let how = (None, STARTS.0);
                Some(Self::KMeans(Centres::fit(
                    points, &weights, k, how, &mut rng,
                )))
            }
            Method::Mixture(k) => {
                let how = (None, STARTS.1);
                Some(Self::Mixture(Mixture::fit(
                    points, &weights, k, how, &mut rng,
                )))
            }
            _ => None,
        }
    }

    /// Fits again to a resample, from where all patients ended; k-means also from one new beginning. The cluster of everyone.
    fn refit(&self, points: &Points, rows: &[usize], stream: Stream) -> Vec<usize> {
        let (weights, mut rng) = (counted(points.n, rows), stream.rng());
        match self {
            Self::KMeans(centres) => {
                let how = (Some(centres), 1);
                Centres::fit(points, &weights, centres.k(), how, &mut rng).assign(points)
            }
            Self::Mixture(mixture) => {
                let how = (Some(mixture), 0);
                Mixture::fit(points, &weights, mixture.k(), how, &mut rng).assign(points)
            }
        }
    }

    fn assign(&self, points: &Points) -> Vec<usize> {
        match self {
            Self::KMeans(centres) => centres.assign(points),
            Self::Mixture(mixture) => mixture.assign(points),
        }
    }

    /// How well the clusters come back in resamples.
    fn comeback(&self, points: &Points, stream: Stream) -> Comeback {
        let own = self.assign(points);
        let tables: Vec<Table> = (0..N_RESAMPLES)
            .map(|at| {
                let stream = stream.at(at);
                let rows = stream.named("rows").rng().bootstrap(points.n);
                Table::new(&own, &self.refit(points, &rows, stream.named("fit")))
            })
            .collect();
        let jaccards: Vec<f64> = tables
            .iter()
            .flat_map(|table| table.matches())
            .map(|(_, jaccard)| jaccard)
            .collect();
        let rands: Vec<f64> = tables.iter().map(Table::adjusted_rand).collect();
        Comeback {
            jaccard: mean(&jaccards).unwrap_or(0.0),
            adjusted_rand: mean(&rands).unwrap_or(0.0),
        }
    }
}

/// How often each patient is in these rows.
fn counted(n: usize, rows: &[usize]) -> Vec<f64> {
    let mut weights = vec![0.0; n];
    rows.iter().for_each(|&row| weights[row] += 1.0);
    weights
}

/// Position of the first rule that holds for each patient; the number of rules where none does.
fn places(rules: &[Rule], features: &[Feature], n: usize) -> Vec<usize> {
    let place = |at: usize| {
        let mut rules_of = rules.iter();
        let first = rules_of.position(|rule| rule.holds(features, at));
        first.unwrap_or(rules.len())
    };
    (0..n).map(place).collect()
}

/// What fits say of patients whom they did not see.
struct HeldOut {
    /// Rate of those of whom more than the average was expected, less that of the others.
    lift: f64,
    /// Expected share of responders, mean over the repeats, a patient.
    expected: Vec<f64>,
}

fn held_out(method: Method, features: &[Feature], y: &[bool], stream: Stream) -> HeldOut {
    let mut expected = vec![0.0; y.len()];
    let (mut high, mut all) = (Count::default(), Count::default());
    for repeat in 0..N_REPEATS {
        for (train, test) in stratified_folds(y, N_FOLDS, stream.at(repeat)) {
            let rules = method.rules(features, y, &train);
            let place = places(&rules, features, y.len());
            let mut counts = vec![Count::default(); rules.len() + 1];
            let mut seen = Count::default();
            for at in train {
                counts[place[at]] = counts[place[at]].plus(1.0, y[at]);
                seen = seen.plus(1.0, y[at]);
            }
            for at in test {
                let rate = counts[place[at]].rate();
                expected[at] += rate / N_REPEATS as f64;
                all = all.plus(1.0, y[at]);
                if rate > seen.rate() {
                    high = high.plus(1.0, y[at]);
                }
            }
        }
    }
    let rest = all.minus(high);
    let lift = if high.n > 0.0 && rest.n > 0.0 {
        high.rate() - rest.rate()
    } else {
        0.0
    };
    HeldOut { lift, expected }
}

/// What the search has at hand.
struct Search<'a> {
    patients: &'a Patients,
    points: Points,
    population: OnePopulation,
    stream: Stream,
}

impl<'a> Search<'a> {
    fn new(patients: &'a Patients, stream: Stream) -> Self {
        let columns = patients.columns();
        Self {
            patients,
            points: Points::new(&columns),
            population: OnePopulation::new(&columns, stream.named("population")),
            stream,
        }
    }

    /// Why a way can't be tried.
    fn is_possible(&self, method: Method) -> bool {
        let n_enough = self.patients.n() >= MIN_PATIENTS;
        match method.n_clusters() {
            Some(_) => n_enough && self.points.d > 1,
            None => n_enough && !self.patients.features.is_empty(),
        }
    }

    /// A way on the cohort itself.
    fn first(&self, method: Method) -> Tried {
        let mut tried = Tried {
            method,
            verdict: Verdict::NotPossible,
            score: None,
            lift: None,
            adjusted_rand: None,
            n_null: 0,
            n_reached: 0,
            highest: None,
            percentile_95: None,
            groups: Vec::new(),
        };
        if !self.is_possible(method) {
            return tried;
        }
        let stream = method.stream(self.stream).named("own");
        if let Some(clusters) = Clusters::new(method, &self.points, stream) {
            let comeback = clusters.comeback(&self.points, stream);
            tried.score = Some(comeback.jaccard);
            tried.adjusted_rand = Some(comeback.adjusted_rand);
            return tried;
        }
        let (features, y) = (&self.patients.features, &self.patients.y);
        let everyone: Vec<usize> = (0..y.len()).collect();
        let rules = method.rules(features, y, &everyone);
        if rules.iter().all(|rule| rule.0.is_empty()) {
            tried.verdict = Verdict::Nothing;
        } else {
            tried.score = Some(self.strength(method, y, stream));
        }
        tried
    }

    /// The score of a way in a cohort without profiles.
    fn null_score(&self, method: Method, draw: usize) -> f64 {
        let null = self.stream.named("null").at(draw);
        let stream = method.stream(null);
        if method.n_clusters().is_some() {
            let points = Points::new(&self.population.draw(null.named("population")));
            let clusters = Clusters::new(method, &points, stream);
            return clusters.map_or(0.0, |found| found.comeback(&points, stream).jaccard);
        }
        let y = shuffled(&self.patients.y, null.named("outcome"));
        self.strength(method, &y, stream)
    }

    /// The score of a way that uses the outcome, with this outcome.
    fn strength(&self, method: Method, y: &[bool], stream: Stream) -> f64 {
        let features = &self.patients.features;
        let everyone: Vec<usize> = (0..y.len()).collect();
        match method {
            Method::FrequentBox => boxes::richest(features, y, &everyone).0,
            Method::RareBox => boxes::richest(features, &turned(y), &everyone).0,
            _ => held_out(method, features, y, stream.named("folds")).lift,
        }
    }

    /// The profiles of a way that is kept, and their lift in unseen patients where it uses the outcome.
    fn groups(&self, method: Method) -> (Option<f64>, Vec<Group>) {
        let stream = method.stream(self.stream);
        let (features, y) = (&self.patients.features, &self.patients.y);
        let n = self.patients.n();
        let clusters = Clusters::new(method, &self.points, stream.named("own"));
        let everyone: Vec<usize> = (0..n).collect();
        let rules = method.rules(features, y, &everyone);
        let own = match &clusters {
            Some(clusters) => clusters.assign(&self.points),
            None => places(&rules, features, n),
        };
        let unseen = clusters.is_none().then(|| {
            let stream = stream.named("own").named("folds");
            held_out(method, features, y, stream)
        });
        let refits: Vec<Vec<usize>> = (0..N_REFITS)
            .into_par_iter()
            .map(|at| {
                let stream = stream.named("refits").at(at);
                let rows = stream.named("rows").rng().bootstrap(n);
                match &clusters {
                    Some(clusters) => clusters.refit(&self.points, &rows, stream),
                    None => places(&method.rules(features, y, &rows), features, n),
                }
            })
            .collect();
        let n_groups = method.n_clusters().unwrap_or(rules.len());
        let dividing = Dividing::new(own, &refits);
        let group = |at: usize| {
            let members = dividing.members(at);
            let (certainty, jaccard) = dividing.certainty(at);
            let expected = unseen.as_ref().and_then(|unseen| {
                let own: Vec<f64> = members.iter().map(|&at| unseen.expected[at]).collect();
                mean(&own)
            });
            Group {
                rule: rules.get(at).cloned(),
                certainty,
                jaccard,
                cross_fitted: expected,
                members,
            }
        };
        let groups = (0..n_groups).map(group);
        let groups = groups.filter(|group| !group.members.is_empty()).collect();
        (unseen.as_ref().map(|unseen| unseen.lift), groups)
    }
}

/// How the patients are divided, and how refits divide them.
struct Dividing<'a> {
    own: Vec<usize>,
    refits: &'a [Vec<usize>],
    /// For each refit and each of our groups the group that is likest it, and their Jaccard index.
    matches: Vec<Vec<(usize, f64)>>,
}

impl<'a> Dividing<'a> {
    fn new(own: Vec<usize>, refits: &'a [Vec<usize>]) -> Self {
        let tables = refits.iter().map(|refit| Table::new(&own, refit));
        Self {
            matches: tables.map(|table| table.matches()).collect(),
            own,
            refits,
        }
    }

    fn members(&self, group: usize) -> Vec<usize> {
        let patients = 0..self.own.len();
        patients.filter(|&at| self.own[at] == group).collect()
    }

    /// For every patient the share of refits whose likest group holds them; the mean Jaccard index of these groups.
    fn certainty(&self, group: usize) -> (Vec<f64>, f64) {
        let mut certainty = vec![0.0; self.own.len()];
        let mut jaccards = Vec::with_capacity(self.refits.len());
        for (refit, matches) in self.refits.iter().zip(&self.matches) {
            let Some(&(like, jaccard)) = matches.get(group) else {
                continue;
            };
            jaccards.push(jaccard);
            for (share, place) in certainty.iter_mut().zip(refit) {
                *share += f64::from(u8::from(*place == like));
            }
        }
        let n = self.refits.len().max(1) as f64;
        certainty.iter_mut().for_each(|share| *share /= n);
        (certainty, mean(&jaccards).unwrap_or(0.0))
    }
}

#[cfg(test)]
pub(super) mod tests;
