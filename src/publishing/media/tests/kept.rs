//! What was made is kept, and not made again.

use super::*;

/// A site of one picture that counts how often it is read.
pub(super) struct Counting {
    pub(super) bytes: Mutex<Vec<u8>>,
    pub(super) kept: Mutex<BTreeMap<String, Vec<u8>>>,
    pub(super) reads: AtomicUsize,
}

impl Counting {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Mutex::new(bytes), kept: Mutex::default(), reads: AtomicUsize::new(0) }
    }
}

impl Project for Counting {
    fn files(&self, _: &mut Diagnostics) -> Vec<String> {
        Vec::new()
    }

    fn read(&self, _: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        Ok(self.bytes.lock().unwrap().clone())
    }

    fn today(&self, _: &TimeZone) -> Date {
        jiff::civil::date(2026, 11, 22)
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.lock().unwrap().get(name).cloned()
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.kept.lock().unwrap().insert(name.to_string(), bytes.to_vec());
    }
}

#[test]
fn what_was_made_once_is_not_decoded_again() {
    let bytes = jpeg((900, 600), &photo(900, 600), &Extras::default());
    let picture = picture(&bytes);
    let project = Counting::new(bytes);
    let wanted = variants(&picture, None);
    let make = |wanted: &[Variant], effort| make(&project, ("a.jpg", &picture), wanted, effort).unwrap();
    let quick = make(&wanted[..1], Effort::Quick);
    let first = make(&wanted, Effort::Best);
    assert_eq!(project.reads.load(Ordering::Relaxed), 2);
    assert!(make(&wanted, Effort::Best) == first);
    // For the preview, what readers get is good enough; for readers, what the preview has isn't.
    assert!(quick[0] != first[0]);
    assert!(make(&wanted, Effort::Quick) == first);
    assert_eq!(project.reads.load(Ordering::Relaxed), 2);
    // One is lost: the others aren't made again.
    let lost = name(&picture, &wanted[0], Effort::Best);
    project.kept.lock().unwrap().remove(&lost).unwrap();
    assert!(make(&wanted, Effort::Best) == first);
    assert_eq!(project.reads.load(Ordering::Relaxed), 3);
}

#[test]
fn a_picture_that_changes_meanwhile_is_not_kept_under_the_name_of_the_old_one() {
    let bytes = jpeg((900, 600), &photo(900, 600), &Extras::default());
    let old = picture(&bytes);
    let project = Counting::new(bytes);
    *project.bytes.lock().unwrap() =
        jpeg((900, 600), &photo(900, 600), &Extras { is_progressive: true, ..Extras::default() });
    let problem = make(&project, ("a.jpg", &old), &variants(&old, None), Effort::Best).unwrap_err();
    assert_eq!(problem.message, "this image has changed while the site was being built");
    assert!(project.kept.lock().unwrap().is_empty());
}
