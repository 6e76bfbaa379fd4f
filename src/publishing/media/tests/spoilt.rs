//! Files that are broken, or say what isn't so.

use super::*;

#[test]
fn spoilt_files_end_as_problems_and_never_as_panics() {
    let rgb = photo(96, 64);
    let eight = (png::ColorType::Rgb, png::BitDepth::Eight);
    let with_all = |is_progressive| Extras {
        orientation: Some(6),
        profile: ColorProfile::new_display_p3().encode().ok(),
        is_progressive,
    };
    let files = [
        jpeg((96, 64), &rgb, &with_all(false)),
        jpeg((96, 64), &rgb, &with_all(true)),
        png_of((96, 64), eight, &rgb),
        webp_of((96, 64), &rgb, 6),
    ];
    let mut seed = 7_u64;
    let mut dice = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let (mut read, mut refused) = (0, 0);
    for file in &files {
        for _ in 0..700 {
            let mut bytes = file.clone();
            for _ in 0..=dice(6) {
                // The beginning says how large everything is.
                let near = if dice(2) == 0 { bytes.len().min(900) } else { bytes.len() };
                let at = dice(near);
                bytes[at] = match dice(4) {
                    0 => 0xff,
                    1 => 0,
                    _ => dice(256) as u8,
                };
            }
            if dice(5) == 0 {
                bytes.truncate(dice(bytes.len()) + 1);
            }
            let _ = published("x.jpg", bytes.clone());
            let Some(Found::Picture(picture)) = find("x.jpg", &bytes) else {
                refused += 1;
                continue;
            };
            assert!(u64::from(picture.size.width) * u64::from(picture.size.height) <= 80_000_000);
            // Large ones take long, and are the same code.
            if u64::from(picture.size.width) * u64::from(picture.size.height) > 200_000 {
                continue;
            }
            match derived(bytes.clone(), &picture, &variants(&picture, None)[..1], &encoded(Effort::Quick)) {
                Ok(made) => read += usize::from(!made[0].is_empty()),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(read > 300 && refused > 300, "{read} read, {refused} refused");
}

#[test]
fn colours_one_after_the_other_are_not_read_wrongly() {
    let rgb = photo(96, 64);
    let with = |sampling| {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
        encoder.set_sampling_factor(sampling);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&rgb, 96, 64, jpeg_encoder::ColorType::Rgb).unwrap();
        out
    };
    let halved = with(jpeg_encoder::SamplingFactor::F_2_2);
    assert_eq!(find("x.jpg", &halved), Some(Found::Broken(Fault::Apart)));
    assert_near(
        seen(&pixels(&with(jpeg_encoder::SamplingFactor::F_1_1))),
        seen(&pixels(&jpeg((96, 64), &rgb, &Extras::default()))),
        20,
        "all of one size",
    );
}

#[test]
fn what_claims_to_be_enormous_is_refused_by_its_header() {
    let mut bytes = png_of((6, 4), (png::ColorType::Grayscale, png::BitDepth::Eight), &[0; 24]);
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert_eq!(find("x.png", &bytes), Some(Found::Broken(Fault::TooLarge)));
    bytes[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1]);
    assert_eq!(find("x.png", &bytes), Some(Found::Broken(Fault::TooLarge)));
    bytes[16..24].copy_from_slice(&[0; 8]);
    assert_eq!(find("x.png", &bytes), Some(Found::Broken(Fault::Damaged)));
    // One that is allowed, and has nothing in it: no memory for it is touched before its data are there.
    let jpeg = jpeg((16, 16), &photo(16, 16), &Extras::default());
    assert_eq!(find("x.jpg", &jpeg[..jpeg.len() - 2]), Some(Found::Broken(Fault::Damaged)));
    assert_eq!(find("x.jpg", b""), Some(Found::Broken(Fault::Empty)));
    assert_eq!(find("x.txt", b""), None);
}
