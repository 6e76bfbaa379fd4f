//! Names of keys, as scripts see them in `KeyboardEvent.key`, and the characters that WebDriver has for them.

use fantoccini::actions::{KeyAction, KeyActions};
use fantoccini::key::Key;

/// The presses of `Enter`, `/`, `Shift+Tab` or `Control+k`.
pub(super) fn chord(keys: &str) -> KeyActions {
    // The last may be a plus sign itself.
    let before_last = keys.char_indices().next_back().map_or(0, |(place, _)| place);
    let split = keys[..before_last].rfind('+').map_or(0, |plus| plus + 1);
    let (held, last) = keys.split_at(split);
    let held: Vec<char> = held.split_terminator('+').map(code).collect();
    let last = code(last);
    let downs = held.iter().copied().chain([last]).map(|value| KeyAction::Down { value });
    let ups = [last].into_iter().chain(held.iter().rev().copied()).map(|value| KeyAction::Up { value });
    sequence(downs.chain(ups))
}

/// One press for each character of a text.
pub(super) fn text(text: &str) -> KeyActions {
    sequence(text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]))
}

fn sequence(actions: impl Iterator<Item = KeyAction>) -> KeyActions {
    actions.fold(KeyActions::new("keyboard".into()), fantoccini::actions::InputSource::then)
}

fn code(name: &str) -> char {
    let key = match name {
        "Alt" => Key::Alt,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "Backspace" => Key::Backspace,
        "Control" => Key::Control,
        "Delete" => Key::Delete,
        "End" => Key::End,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Home" => Key::Home,
        "Meta" => Key::Meta,
        "PageDown" => Key::PageDown,
        "PageUp" => Key::PageUp,
        "Shift" => Key::Shift,
        "Tab" => Key::Tab,
        _ => {
            let mut characters = name.chars();
            return match (characters.next(), characters.next()) {
                (Some(only), None) => only,
                _ => panic!("no key is named `{name}`: see keys.rs"),
            };
        }
    };
    key.into()
}
