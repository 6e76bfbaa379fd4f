//! From the colours of a camera or printer to those that all screens have (sRGB, IEC 61966-2-1).

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::pixels::{Channels, Pixels};

/// Profiles are a few kilobytes; one for printing may have megabytes.
const MOST: usize = 8 << 20;

/// The rows of a picture that are converted at once.
const ROWS: usize = 64;

/// Converts the pixels. A profile that can't be read, or isn't one of light, says nothing, as in browsers.
pub(super) fn to_srgb(pixels: &mut Pixels, profile: Option<&[u8]>) {
    let Some(profile) = profile.filter(|profile| profile.len() <= MOST) else { return };
    let Ok(from) = ColorProfile::new_from_slice(profile) else { return };
    let to = ColorProfile::new_srgb();
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let options = TransformOptions::default();
    let layout = match pixels.channels {
        Channels::Rgb => Layout::Rgb,
        Channels::Rgba => Layout::Rgba,
    };
    let Ok(transform) = from.create_transform_8bit(layout, &to, layout, options) else { return };
    if changes_nothing(&*transform, pixels.channels) {
        return;
    }
    let rows = (pixels.row() * ROWS).max(pixels.channels.bytes());
    let mut converted = vec![0; rows];
    for part in pixels.samples.chunks_mut(rows) {
        let converted = &mut converted[..part.len()];
        if transform.transform(part, converted).is_ok() {
            part.copy_from_slice(converted);
        }
    }
}

/// Are they the same colours? Names of profiles are in every language, and in many spellings, so a few colours are tried.
fn changes_nothing(transform: &dyn moxcms::TransformExecutor<u8>, channels: Channels) -> bool {
    let steps = [0, 40, 128, 200, 255];
    let mut tried = Vec::with_capacity(steps.len().pow(3) * 4);
    for red in steps {
        for green in steps {
            steps.iter().for_each(|blue| tried.extend(&[red, green, *blue, 255][..channels.bytes()]));
        }
    }
    let mut converted = vec![0; tried.len()];
    transform.transform(&tried, &mut converted).is_ok()
        && tried.iter().zip(&converted).all(|(one, other)| one.abs_diff(*other) <= 1)
}
