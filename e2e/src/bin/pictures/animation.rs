//! Several pictures as one animated PNG (PNG, third edition, §11.3.6), which browsers and GitHub show in a README.

use std::{fs::File, io::BufWriter, path::Path};

use anyhow::{Context, Result, ensure};
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Transformations};

/// Writes the frames, each shown for so many milliseconds, again and again.
pub fn write(path: &Path, frames: &[Vec<u8>], shown_ms: u16) -> Result<()> {
    let pixels = frames.iter().map(|frame| pixels(frame)).collect::<Result<Vec<_>>>()?;
    let (width, height) = pixels.first().map(|(width, height, _)| (*width, *height)).context("no frames")?;
    ensure!(pixels.iter().all(|one| (one.0, one.1) == (width, height)), "the frames differ in size");
    let mut encoder = Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    encoder.set_animated(u32::try_from(pixels.len())?, 0)?;
    encoder.set_frame_delay(shown_ms, 1000)?;
    let mut writer = encoder.write_header()?;
    for (.., data) in &pixels {
        writer.write_image_data(data)?;
    }
    Ok(writer.finish()?)
}

/// Width, height, and three bytes a pixel.
fn pixels(png: &[u8]) -> Result<(u32, u32, Vec<u8>)> {
    let mut decoder = Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut data = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut data)?;
    data.truncate(info.buffer_size());
    let rgb = match info.color_type {
        ColorType::Rgb => data,
        ColorType::Rgba => data.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect(),
        other => anyhow::bail!("a picture in {other:?}"),
    };
    Ok((info.width, info.height, rgb))
}
