//! A figure as a picture for a journal or a slide: SVG, PDF, or PNG of so many pixels an inch.
//!
//! All three are drawn from the same SVG with the font of the program, so that they look the same everywhere.

use std::sync::Arc;

use krilla::Document;
use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::base::issue::{Failure, Issue};
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::svg_print;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/PrognostimSans-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/PrognostimSans-SemiBold.ttf");

/// CSS pixels of an inch.
const PER_INCH: f32 = 96.0;
/// Points of a page are 72 an inch.
const POINTS: f32 = 72.0;
const INCHES_PER_METRE: f64 = 39.370_078_74;

/// The kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Scalable, text as text.
    Svg,
    /// One page, text as text.
    Pdf,
    /// Pixels, so many an inch.
    Png(u32),
}

impl Picture {
    /// Every kind that is offered.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Pdf, Self::Png(300), Self::Png(600)];

    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png(_) => "png",
        }
    }
}

/// The bytes of the picture. Fails where the picture can't be made, which is a defect of the program.
pub fn picture(figure: &Figure, kind: Picture, lang: Lang) -> Result<Vec<u8>, Failure> {
    let text = svg_print(figure, lang);
    match kind {
        Picture::Svg => Ok(text.into_bytes()),
        Picture::Pdf => pdf(&tree(&text)?),
        Picture::Png(dpi) => png(&tree(&text)?, dpi),
    }
}

fn failed(error: impl std::fmt::Display) -> Failure {
    let issue = Issue::error("internal");
    issue.with("detail", error.to_string()).into()
}

fn tree(text: &str) -> Result<Tree, Failure> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(SEMI_BOLD.to_vec());
    let family = fonts
        .faces()
        .next()
        .and_then(|face| face.families.first())
        .map(|(family, _)| family.clone());
    let family = family.ok_or_else(|| failed("no font"))?;
    fonts.set_sans_serif_family(&family);
    let options = Options {
        font_family: family,
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    Tree::from_str(text, &options).map_err(failed)
}

fn png(tree: &Tree, dpi: u32) -> Result<Vec<u8>, Failure> {
    let scale = dpi as f32 / PER_INCH;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let pixels = Pixmap::new(width.round() as u32, height.round() as u32);
    let mut pixels = pixels.ok_or_else(|| failed("size"))?;
    pixels.fill(Color::WHITE);
    resvg::render(
        tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (f64::from(dpi) * INCHES_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    // The ground is opaque, so that premultiplied colours are the colours.
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels.data()).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

fn pdf(tree: &Tree) -> Result<Vec<u8>, Failure> {
    let to_points = |pixels: f32| pixels * POINTS / PER_INCH;
    let (width, height) = (
        to_points(tree.size().width()),
        to_points(tree.size().height()),
    );
    let size = Size::from_wh(width, height).ok_or_else(|| failed("size"))?;
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("size"))?;
    let mut document = Document::new();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| failed("drawing"))?;
    document
        .finish()
        .map_err(|error| failed(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::report::figures;

    #[test]
    fn a_png_has_its_pixels_an_inch_and_shows_words() {
        let figure = figures::calibration(&fixture::analysis(), 0, Lang::Fr);
        for dpi in [300, 600] {
            let bytes = picture(&figure, Picture::Png(dpi), Lang::Fr).expect("a picture");
            let decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
            let mut reader = decoder.read_info().expect("a PNG");
            let info = reader.info();
            let column = (f64::from(dpi) * 85.0 / 25.4).round() as u32;
            assert_eq!(info.width, column);
            assert!(info.height > column, "a square and the histogram beneath");
            let dims = info.pixel_dims.expect("said");
            assert_eq!(
                dims.xppu,
                (f64::from(dpi) * INCHES_PER_METRE).round() as u32
            );
            let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
            reader.next_frame(&mut pixels).expect("one frame");
            // The title stands in the first tenth: dark letters on the white ground.
            let head = &pixels[..pixels.len() / 10];
            let dark = head.chunks(4).filter(|pixel| pixel[0] < 90).count();
            assert!(dark > 500, "{dark}");
        }
    }

    #[test]
    fn a_pdf_is_one_page_that_embeds_its_font() {
        let figure = figures::decision_curve(&fixture::analysis(), Lang::En);
        let bytes = picture(&figure, Picture::Pdf, Lang::En).expect("a page");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with("%PDF-"));
        assert!(
            text.contains("PrognostimSans") || text.contains("Prognostim"),
            "the font"
        );
        assert!(text.contains("/Count 1"));
        let again = picture(&figure, Picture::Pdf, Lang::En).expect("a page");
        assert_eq!(bytes, again, "the same bytes");
    }
}
