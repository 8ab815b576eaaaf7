//! A link as a QR code: the path of an SVG picture, for a phone to take the sheet along.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Light modules that the standard asks for around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    /// Modules along each side, with the quiet ones.
    pub side: usize,
    /// The `d` of an SVG path.
    pub path: String,
}

/// The code of a link; none if it is too long for one.
pub fn picture(link: &str) -> Option<Picture> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row.iter().skip(x).take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                // Writing to a String does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some(Picture { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_rim() {
        let code = picture("https://signpost.example.org/list?ids=a,b").unwrap();
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        let far_corner = format!("M{} 4h7", code.side - 4 - 7);
        assert!(code.path.contains(&far_corner), "{}", code.path);
        assert_eq!(picture(&"x".repeat(5000)), None);
    }
}
