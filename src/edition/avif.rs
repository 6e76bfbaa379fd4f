//! AVIF of an edition's pictures: made before anything names them, for as long as the site allows, those from which readers
//! gain most first.
//!
//! A picture is published as AVIF once it has all its sizes, so that a browser which chooses AVIF can choose among as many
//! widths as with WebP. What is missing when the time is over is made by later builds; what was made is kept, so that in the
//! end nothing is left to do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::config::AvifBudget;
use crate::content::image::{Crop, Found, Picture, Variant};
use crate::links::Links;
use crate::project::Project;
use crate::publishing::media::{self, Gain, Pace};
use crate::site::Site;

/// What a million pixels take on one core of a usual machine, until it is known what they take on this one.
const FIRST_GUESS: Duration = Duration::from_millis(1500);

/// A phone of 390 pixels with two dots to each shows a picture over its whole width in this many.
const PHONE: u32 = 780;

/// The time of a build for AVIF, of which each of its editions takes what the ones before have left.
#[derive(Debug)]
pub struct AvifWork {
    budget: AvifBudget,
    state: Mutex<AvifProgress>,
}

#[derive(Debug, Default)]
struct AvifProgress {
    /// What is over of the time.
    spent: Duration,
    /// What was encoded, and how long that took.
    pixels: u64,
    took: Duration,
    /// Has this build begun to encode?
    has_begun: bool,
    /// Images of the last edition that are still to come.
    waiting: usize,
}

/// A picture, or a part of it, in all its sizes.
struct Wanted<'a> {
    path: &'a str,
    picture: &'a Picture,
    sizes: Vec<Variant>,
    /// What readers would gain from it, to compare.
    gain: u64,
}

/// The pictures, by path and part, that have all sizes as AVIF.
type Ready = BTreeSet<(String, Option<Crop>)>;

impl AvifWork {
    /// The time that one build has for AVIF, nothing of it spent yet.
    #[must_use]
    pub fn new(budget: AvifBudget) -> Self {
        Self { budget, state: Mutex::default() }
    }

    /// How many images of the edition that was linked last are still to come.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state().waiting
    }

    fn state(&self) -> MutexGuard<'_, AvifProgress> {
        // Whoever panicked has left numbers that are near enough.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes what there is time for, and has `links` name what is there.
    pub(super) fn publish(&self, project: &dyn Project, site: &Site, links: &mut Links) {
        let ready = self.make(project, pictures_to_encode(site, links));
        links.publish_avif(site, &|path, crop| ready.contains(&(path.to_string(), crop)));
    }

    fn make(&self, project: &dyn Project, wanted: Vec<Wanted<'_>>) -> Ready {
        let mut ready = Ready::new();
        let mut missing = Vec::new();
        for one in wanted {
            match media::gain(project, one.picture, &one.sizes) {
                Gain::Smaller => drop(ready.insert(one.key())),
                Gain::None => {}
                Gain::Unknown => missing.push(one),
            }
        }
        // The largest gains first; of equal ones, what takes least time.
        missing.sort_by_key(|one| (std::cmp::Reverse(one.gain), one.pixels(), one.path));
        let _buffers = media::Buffers::keep();
        let start = project.now();
        let clock = Clock { work: self, project, start, spent: self.state().spent };
        let (next, waiting, made) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(one) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                // Whoever publishes the picture says why it can't be read.
                match media::improve(project, (one.path, one.picture), &one.sizes, &clock) {
                    Ok(Gain::Smaller) => made.lock().unwrap_or_else(PoisonError::into_inner).push(one.key()),
                    Ok(Gain::Unknown) => drop(waiting.fetch_add(1, Ordering::Relaxed)),
                    Ok(Gain::None) | Err(_) => {}
                }
            }
        };
        // One after the other from the front: what is begun first gains most.
        rayon::scope(|scope| (0..rayon::current_num_threads()).for_each(|_| scope.spawn(|_| work())));
        ready.extend(made.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut state = self.state();
        state.spent = clock.spent();
        state.waiting = waiting.into_inner();
        ready
    }
}

impl Wanted<'_> {
    fn key(&self) -> (String, Option<Crop>) {
        (self.path.to_string(), self.sizes.first().and_then(|size| size.crop))
    }

    fn pixels(&self) -> u64 {
        self.sizes.iter().map(pixels).sum()
    }
}

fn pixels(size: &Variant) -> u64 {
    u64::from(size.width) * u64::from(size.height)
}

/// The pictures that pages show, each part of each once. What readers gain is about as much as a phone loads, as often as
/// pages show it, and more where it is seen at once.
fn pictures_to_encode<'a>(site: &'a Site, links: &'a Links) -> Vec<Wanted<'a>> {
    let mut found: BTreeMap<(&str, Option<Crop>), Wanted<'_>> = BTreeMap::new();
    for shown in links.in_sizes().filter(|shown| shown.prominence > 0) {
        let Some(Found::Picture(picture)) = site.content.pictures.get(shown.path) else { continue };
        let crop = shown.sizes.first().and_then(|size| size.crop);
        let for_phones = shown.sizes.iter().find(|size| size.width >= PHONE).or(shown.sizes.last());
        let gain = for_phones.map(pixels).unwrap_or_default() * u64::from(shown.prominence);
        let one = Wanted { path: shown.path, picture, sizes: shown.sizes.to_vec(), gain: 0 };
        found.entry((shown.path, crop)).or_insert(one).gain += gain;
    }
    found.into_values().collect()
}

/// What is left of the time while an edition is made.
struct Clock<'a> {
    work: &'a AvifWork,
    project: &'a dyn Project,
    start: jiff::Timestamp,
    /// The time that earlier editions of this build have used.
    spent: Duration,
}

impl Clock<'_> {
    fn spent(&self) -> Duration {
        let took = self.project.now().duration_since(self.start);
        self.spent + Duration::try_from(took).unwrap_or_default()
    }
}

impl Pace for Clock<'_> {
    /// As long as it is likely to end in time. The first of a build always begins, so that a short time leads to the end,
    /// too.
    fn may_begin(&self, pixels: u64) -> bool {
        let AvifBudget::Time(limit) = self.work.budget else { return true };
        let spent = self.spent();
        let mut state = self.work.state();
        let for_million = match state.pixels {
            0 => FIRST_GUESS.as_secs_f64(),
            known => state.took.as_secs_f64() * 1e6 / known as f64,
        };
        let needed = for_million * pixels as f64 / 1e6;
        let is_first = !std::mem::replace(&mut state.has_begun, true);
        is_first || spent.as_secs_f64() + needed <= limit.as_secs_f64()
    }

    fn note(&self, pixels: u64, took: Duration) {
        let mut state = self.work.state();
        state.pixels += pixels;
        state.took += took;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryProject;

    #[test]
    fn what_would_not_end_in_time_is_not_begun_but_for_the_first() {
        let (project, work) = (MemoryProject::new(), AvifWork::new(AvifBudget::Time(Duration::from_secs(3))));
        let clock = |spent| Clock { work: &work, project: &project, start: project.now(), spent };
        let second = Duration::from_secs(1);
        assert!(clock(Duration::ZERO).may_begin(50_000_000), "the first");
        assert!(!clock(Duration::ZERO).may_begin(50_000_000));
        assert!(clock(Duration::ZERO).may_begin(2_000_000));
        assert!(!clock(second).may_begin(2_000_000), "a million takes one and a half");
        // A machine that is faster than most.
        clock(Duration::ZERO).note(10_000_000, second);
        assert!(clock(second).may_begin(20_000_000));
        assert!(!clock(second).may_begin(21_000_000));
        let unlimited = AvifWork::new(AvifBudget::Unlimited);
        let clock = Clock { work: &unlimited, project: &project, start: project.now(), spent: second * 9999 };
        assert!(clock.may_begin(1) && clock.may_begin(u64::MAX));
    }
}
