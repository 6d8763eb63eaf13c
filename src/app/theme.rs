//! The one table of colours, sizes and fonts. Nothing else in the window names a colour.
//!
//! Paper-like light theme first, dark as an equal. Text has a contrast of at least 4.5 to its
//! ground, lines and marks of at least 3.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Stroke,
    TextStyle, Theme, Ui, Vec2, style,
};

use crate::base::text::Lang;
use crate::figure::{Role, palette};

/// Space within a group.
pub const SPACE_S: f32 = 8.0;
/// Space between cards.
pub const SPACE_M: f32 = 12.0;
/// Space within a card.
pub const SPACE_L: f32 = 16.0;
/// Space around a page.
pub const SPACE_XL: f32 = 24.0;
/// Body text.
pub const TEXT_BODY: f32 = 13.0;
/// Emphasis and titles of cards.
pub const TEXT_EMPHASIS: f32 = 15.0;
/// Section.
pub const TEXT_SECTION: f32 = 18.0;
/// Page title.
pub const TEXT_TITLE: f32 = 24.0;
/// The one number of the meeting page.
pub const TEXT_NUMBER: f32 = 44.0;
/// Height of a line of text, of its size.
pub const LINE_HEIGHT: f32 = 1.4;
/// Least height of anything that is clicked.
pub const TARGET: f32 = 28.0;
/// Corner radius.
pub const RADIUS: u8 = 6;
/// Widest content.
pub const CONTENT_WIDTH: f32 = 1400.0;
/// Name of the half-bold family.
pub const STRONG: &str = "strong";

/// Colours by role.
pub struct Tokens {
    /// Behind everything.
    pub page: Color32,
    /// A card.
    pub card: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Quiet text.
    pub quiet: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Accent, as a tint behind what is chosen.
    pub tint: Color32,
    /// Behind what the pointer is on.
    pub hover: Color32,
    /// Border of controls.
    pub border: Color32,
    /// Good.
    pub good: Color32,
    /// Needs attention.
    pub attention: Color32,
    /// Behind what needs attention.
    pub attention_tint: Color32,
    /// Stop.
    pub stop: Color32,
    /// Behind an error.
    pub stop_tint: Color32,
    dark: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The light theme.
pub const LIGHT: Tokens = Tokens {
    page: rgb(0xF7_F7_F5),
    card: rgb(0xFF_FF_FF),
    line: rgb(0xE2_E2_DE),
    text: rgb(0x1D_23_27),
    quiet: rgb(0x5C_66_70),
    accent: rgb(0x0B_6E_8F),
    on_accent: rgb(0xFF_FF_FF),
    tint: rgb(0xE3_F0_F4),
    hover: rgb(0xF0_F1_EF),
    border: rgb(0xC2_C6_C8),
    good: rgb(0x2E_7D_5B),
    attention: rgb(0x8F_55_00),
    attention_tint: rgb(0xFB_F2_E2),
    stop: rgb(0xB3_26_1E),
    stop_tint: rgb(0xFB_EA_E8),
    dark: false,
};

/// The dark theme.
pub const DARK: Tokens = Tokens {
    page: rgb(0x16_18_1B),
    card: rgb(0x1E_21_25),
    line: rgb(0x31_36_3C),
    text: rgb(0xE7_EA_EC),
    quiet: rgb(0x9A_A4_AD),
    accent: rgb(0x58_B4_D1),
    on_accent: rgb(0x0E_1A_20),
    tint: rgb(0x1F_35_3F),
    hover: rgb(0x28_2C_31),
    border: rgb(0x4A_52_5A),
    good: rgb(0x6C_C4_9A),
    attention: rgb(0xE5_A9_4A),
    attention_tint: rgb(0x33_2B_1C),
    stop: rgb(0xF2_8B_82),
    stop_tint: rgb(0x3A_24_23),
    dark: true,
};

/// The colours of the theme in use.
pub fn tokens(ui: &Ui) -> &'static Tokens {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

impl Tokens {
    /// The colour of a role in a figure: the table that paper uses too.
    pub fn role(&self, role: Role) -> Color32 {
        let hex = if self.dark {
            palette::dark(role)
        } else {
            palette::light(role)
        };
        let [r, g, b] = palette::rgb(hex);
        Color32::from_rgb(r, g, b)
    }
}

/// Half-bold text.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).family(FontFamily::Name(STRONG.into()))
}

/// Text of a size in half-bold.
pub fn heading(text: impl Into<String>, size: f32) -> RichText {
    strong(text).size(size)
}

/// Writes the numbers of editable fields as the language does: a comma in French.
pub fn speak(ctx: &egui::Context, lang: Lang) {
    ctx.all_styles_mut(|style| {
        style.number_formatter = egui::style::NumberFormatter::new(move |value, decimals| {
            let text = egui::emath::format_with_decimals_in_range(value, decimals);
            match lang {
                Lang::En => text,
                Lang::Fr => text.replace('.', ","),
            }
        });
    });
}

/// Hands fonts and styles to egui; once, at the start.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.style_mut_of(Theme::Light, |style| apply(style, &LIGHT, false));
    ctx.style_mut_of(Theme::Dark, |style| apply(style, &DARK, true));
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}

fn fonts() -> FontDefinitions {
    let regular = include_bytes!("../../assets/fonts/PrognostimSans-Regular.ttf");
    let half_bold = include_bytes!("../../assets/fonts/PrognostimSans-SemiBold.ttf");
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        ("regular", regular.as_slice()),
        (STRONG, half_bold.as_slice()),
    ] {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let families = [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "regular"),
        (FontFamily::Name(STRONG.into()), STRONG),
    ];
    for (family, font) in families {
        fonts.families.insert(family, vec![font.to_owned()]);
    }
    fonts
}

fn apply(style: &mut style::Style, tokens: &Tokens, dark: bool) {
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(TEXT_BODY)),
        (TextStyle::Body, proportional(TEXT_BODY)),
        (TextStyle::Button, proportional(TEXT_BODY)),
        (TextStyle::Monospace, proportional(TEXT_BODY)),
        (
            TextStyle::Heading,
            FontId::new(TEXT_TITLE, FontFamily::Name(STRONG.into())),
        ),
    ]
    .into();
    style.animation_time = 0.0;
    style.scroll_animation = style::ScrollAnimation::none();
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.spacing.item_spacing = Vec2::new(SPACE_S, SPACE_S);
    style.spacing.button_padding = Vec2::new(12.0, 5.0);
    style.spacing.interact_size = Vec2::new(40.0, TARGET);
    style.spacing.combo_width = 180.0;
    style.spacing.combo_height = 320.0;
    style.spacing.slider_width = 180.0;
    style.spacing.text_edit_width = 240.0;
    style.spacing.icon_width = 16.0;
    style.spacing.icon_width_inner = 10.0;
    style.spacing.icon_spacing = 8.0;
    style.spacing.tooltip_width = 380.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(SPACE_L as i8);
    style.spacing.extra_text_line_spacing = 1.5;
    style.spacing.scroll = style::ScrollStyle {
        floating_width: 7.0,
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.7,
        ..style::ScrollStyle::floating()
    };
    style.visuals = visuals(tokens, dark);
}

fn visuals(tokens: &Tokens, dark: bool) -> egui::Visuals {
    let mut visuals = if dark {
        egui::Visuals::dark()
    } else {
        egui::Visuals::light()
    };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(tokens.quiet);
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.hover;
    visuals.extreme_bg_color = tokens.card;
    visuals.text_edit_bg_color = Some(tokens.card);
    visuals.code_bg_color = tokens.hover;
    visuals.warn_fg_color = tokens.attention;
    visuals.error_fg_color = tokens.stop;
    visuals.panel_fill = tokens.page;
    visuals.window_fill = tokens.card;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    visuals.window_shadow = egui::Shadow::NONE;
    visuals.popup_shadow = egui::Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if dark { 110 } else { 30 }),
    };
    visuals.selection.bg_fill = tokens.tint;
    visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
    visuals.text_cursor.stroke = Stroke::new(2.0, tokens.accent);
    visuals.text_cursor.blink = false;
    visuals.slider_trailing_fill = true;
    visuals.indent_has_left_vline = false;
    visuals.handle_shape = style::HandleShape::Circle;
    visuals.disabled_alpha = 0.55;
    let widgets = &mut visuals.widgets;
    let state = |fill: Color32, border: Color32, text: Color32| style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    widgets.noninteractive = state(tokens.card, tokens.line, tokens.text);
    widgets.inactive = state(tokens.card, tokens.border, tokens.text);
    widgets.hovered = state(tokens.hover, tokens.accent, tokens.text);
    widgets.active = state(tokens.tint, tokens.accent, tokens.text);
    widgets.open = state(tokens.hover, tokens.accent, tokens.text);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let channel = |x: u8| {
            let x = f64::from(x) / 255.0;
            if x <= 0.04045 {
                x / 12.92
            } else {
                ((x + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_in_both_themes() {
        for tokens in [&LIGHT, &DARK] {
            for ground in [tokens.page, tokens.card] {
                for text in [
                    tokens.text,
                    tokens.quiet,
                    tokens.accent,
                    tokens.good,
                    tokens.attention,
                    tokens.stop,
                ] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}");
                }
            }
            assert!(contrast(tokens.on_accent, tokens.accent) >= 4.5);
            assert!(contrast(tokens.attention, tokens.attention_tint) >= 4.5);
            assert!(contrast(tokens.stop, tokens.stop_tint) >= 4.5);
            assert!(contrast(tokens.accent, tokens.tint) >= 4.5);
        }
    }
}
