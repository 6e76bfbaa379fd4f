//! Images as AVIF: one size after the other, as long as there is time.

use super::kept::Counting;
use super::*;

/// Lets so many sizes begin.
#[cfg(feature = "avif")]
struct Allowed(AtomicUsize);

#[cfg(feature = "avif")]
impl Pace for Allowed {
    fn may_begin(&self, _: u64) -> bool {
        let one_less = |left: usize| left.checked_sub(1);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok()
    }

    fn note(&self, pixels: u64, _: std::time::Duration) {
        assert!(pixels > 0);
    }
}

#[cfg(feature = "avif")]
#[test]
fn avif_is_made_size_by_size_and_once() {
    let bytes = jpeg((601, 401), &photo(601, 401), &Extras { orientation: Some(6), ..Extras::default() });
    let picture = picture(&bytes);
    let project = Counting::new(bytes);
    let sizes = variants(&picture, None);
    let wanted: Vec<Variant> = sizes.iter().map(Variant::as_avif).collect();
    let reads = || project.reads.load(Ordering::Relaxed);
    let known = || gain(&project, &picture, &sizes);
    let improve =
        |most: usize| improve(&project, ("a.jpg", &picture), &sizes, &Allowed(most.into())).unwrap();
    let names: Vec<String> = wanted.iter().map(|size| size.name(&picture)).collect();
    assert_eq!(names, ["401v1.avif"]);
    assert_eq!((known(), improve(0), reads()), (Gain::Unknown, Gain::Unknown, 0));
    assert_eq!((improve(1), known(), improve(0), reads()), (Gain::Smaller, Gain::Smaller, Gain::Smaller, 1));
    let make = || make(&project, ("a.jpg", &picture), &wanted, Effort::Best).unwrap();
    let kept = make();
    assert_eq!(reads(), 1, "it was kept, and so was WebP");
    assert_eq!(project.kept.lock().unwrap().len(), 2);
    project.kept.lock().unwrap().clear();
    assert!(make() == kept, "the same once more");
    assert_eq!(&kept[0][4..12], b"ftypavif");
    let size = crate::content::image::size("x.avif", &kept[0]);
    assert_eq!(size, Some(ImageSize { width: 401, height: 601 }), "upright");
    assert_eq!(find("x.avif", &kept[0]), None, "nothing is in it but the picture");
}

#[cfg(feature = "avif")]
#[test]
fn what_is_no_smaller_as_avif_stays_webp_and_nobody_tries_again() {
    let bytes = jpeg((960, 40), &[200; 960 * 40 * 3], &Extras::default());
    let picture = picture(&bytes);
    let project = Counting::new(bytes);
    let sizes = variants(&picture, None);
    assert_eq!(sizes.len(), 3);
    let allowed = Allowed(9.into());
    assert_eq!(improve(&project, ("a.jpg", &picture), &sizes, &allowed).unwrap(), Gain::None);
    assert_eq!(allowed.0.load(Ordering::Relaxed), 8, "the others would be of no use");
    assert_eq!(gain(&project, &picture, &sizes), Gain::None);
}

#[cfg(feature = "avif")]
#[test]
fn what_is_transparent_stays_webp_and_what_only_could_be_does_not() {
    for (alpha, expected) in [(255, Gain::Smaller), (90, Gain::None)] {
        let rgba: Vec<u8> =
            photo(300, 201).chunks(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], alpha]).collect();
        let bytes = png_of((300, 201), (png::ColorType::Rgba, png::BitDepth::Eight), &rgba);
        let picture = picture(&bytes);
        let (project, sizes) = (Counting::new(bytes), variants(&picture, None));
        let found = improve(&project, ("a.png", &picture), &sizes, &Allowed(9.into())).unwrap();
        assert_eq!((found, gain(&project, &picture, &sizes)), (expected, expected));
    }
}
