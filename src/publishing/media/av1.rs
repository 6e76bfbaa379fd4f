//! From pixels to an AVIF: planes of brightness and colour as one frame of AV1, in the boxes of ISO/IEC 23000-22. Without the
//! feature of the crate, nothing can.

use avif_serialize::Aviffy;
use rav1e::prelude::*;

use super::decode::Unreadable;
use super::pixels::Pixels;

/// Of 255, and 0 is without loss: with it, and WebP at its quality, photographs have the same SSIM within a hundredth.
const QUANTIZER: u8 = 125;

/// An AVIF of what isn't transparent.
pub(super) fn encode(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let planes = planes(&pixels.rgba(), width, height);
    let frame = frame((width, height), &planes)?;
    let mut file = Aviffy::new();
    file.set_chroma_subsampling((true, true)).set_seq_profile(0);
    Ok(file.to_vec(&frame, None, pixels.width, pixels.height, 8))
}

/// Brightness, and the two colours in half its width and height (ITU-R BT.601, of the full range).
fn planes(colors: &[[u8; 4]], width: usize, height: usize) -> [Vec<u8>; 3] {
    // In parts of 65,536.
    let luma = colors.iter().map(|color| {
        let [red, green, blue, _] = color.map(u32::from);
        ((19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16) as u8
    });
    let luma = luma.collect();
    let (mut blues, mut reds) = (Vec::new(), Vec::new());
    for rows in colors.chunks(width * 2) {
        let (above, below) = rows.split_at(width);
        // The last row of an odd number stands for two.
        let below = if below.is_empty() { above } else { below };
        for (above, below) in above.chunks(2).zip(below.chunks(2)) {
            let four = [above[0], above[above.len() - 1], below[0], below[below.len() - 1]];
            let sum = |channel: usize| four.iter().map(|color| i32::from(color[channel])).sum::<i32>();
            let [red, green, blue] = [sum(0), sum(1), sum(2)];
            let middle = |value: i32| ((value + (128 << 18) + (1 << 17)) >> 18).clamp(0, 255) as u8;
            blues.push(middle(-11_059 * red - 21_709 * green + 32_768 * blue));
            reds.push(middle(32_768 * red - 27_439 * green - 5_329 * blue));
        }
    }
    debug_assert_eq!(blues.len(), width.div_ceil(2) * height.div_ceil(2));
    [luma, blues, reds]
}

/// One frame of AV1.
fn frame((width, height): (usize, usize), planes: &[Vec<u8>; 3]) -> Result<Vec<u8>, Unreadable> {
    let color = ColorDescription {
        color_primaries: ColorPrimaries::BT709,
        transfer_characteristics: TransferCharacteristics::SRGB,
        matrix_coefficients: MatrixCoefficients::BT601,
    };
    let config = EncoderConfig {
        width,
        height,
        time_base: Rational::new(1, 1),
        bit_depth: 8,
        chroma_sampling: ChromaSampling::Cs420,
        pixel_range: PixelRange::Full,
        color_description: Some(color),
        still_picture: true,
        min_key_frame_interval: 0,
        max_key_frame_interval: 0,
        quantizer: QUANTIZER.into(),
        min_quantizer: QUANTIZER,
        tune: Tune::Psychovisual,
        speed_settings: speed(),
        ..EncoderConfig::default()
    };
    let said = |error: &dyn std::fmt::Display| Unreadable::Said(error.to_string());
    let config = Config::new().with_encoder_config(config).with_threads(1);
    let mut context: Context<u8> = config.new_context().map_err(|error| said(&error))?;
    let mut frame = context.new_frame();
    for (number, (plane, bytes)) in frame.planes.iter_mut().zip(planes).enumerate() {
        plane.copy_from_raw_u8(bytes, if number == 0 { width } else { width.div_ceil(2) }, 1);
    }
    context.send_frame(frame).map_err(|error| said(&error))?;
    context.flush();
    let mut out = Vec::new();
    loop {
        match context.receive_packet() {
            Ok(packet) => out.extend(packet.data),
            Err(EncoderStatus::Encoded) => {}
            Err(EncoderStatus::LimitReached) => return Ok(out),
            Err(error) => return Err(said(&error)),
        }
    }
}

/// Of what was tried, the fastest that gains something: larger blocks alone halve the time, and then WebP of the same
/// quality is as small; all that is slower gains less in a second.
fn speed() -> SpeedSettings {
    let mut speed = SpeedSettings::from_preset(9);
    speed.partition.partition_range = PartitionRange::new(BlockSize::BLOCK_8X8, BlockSize::BLOCK_16X16);
    speed.prediction.fine_directional_intra = false;
    // There is one frame.
    speed.multiref = false;
    speed.rdo_lookahead_frames = 1;
    speed.scene_detection_mode = SceneDetectionSpeed::None;
    speed.motion.include_near_mvs = false;
    speed.motion.use_satd_subpel = false;
    speed
}
