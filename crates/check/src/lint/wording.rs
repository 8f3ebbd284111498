//! How people are told that they can unsubscribe, in seven languages.

use std::sync::LazyLock;

const UNSUBSCRIBE: &str = include_str!("../../data/unsubscribe.txt");

struct Pieces {
    words: Vec<&'static str>,
    targets: Vec<&'static str>,
}

static PIECES: LazyLock<Pieces> = LazyLock::new(|| {
    let mut pieces = Pieces {
        words: Vec::new(),
        targets: Vec::new(),
    };
    for (kind, piece) in UNSUBSCRIBE.lines().filter_map(|line| line.split_once(' ')) {
        match kind {
            "#" => {}
            "url" => pieces.targets.push(piece),
            _ => pieces.words.push(piece),
        }
    }
    pieces
});

/// Whether a text speaks of unsubscribing.
pub(super) fn speaks_of_unsubscribing(text: &str) -> bool {
    let text = plain(text);
    PIECES.words.iter().any(|piece| text.contains(piece))
}

/// Whether the address of a page does.
pub(super) fn leads_to_unsubscribing(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    PIECES.targets.iter().any(|piece| target.contains(piece))
}

/// Lower case, straight apostrophes, single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2019}' => plain.push('\''),
            '\u{ad}' | '\u{200b}' => {}
            _ if character.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            _ => plain.extend(character.to_lowercase()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsubscribing_is_understood_in_each_language() {
        for text in [
            "Se désabonner",
            "DÉSINSCRIPTION",
            "Si vous ne souhaitez\u{a0}plus recevoir nos offres",
            "Unsubscribe",
            "If you don’t want to receive these",
            "Newsletter abbestellen",
            "Abmelden",
            "Darse de baja",
            "Annulla l’iscrizione",
            "Uitschrijven",
            "Cancelar\n a subscrição",
        ] {
            assert!(speaks_of_unsubscribing(text), "{text}");
        }
        for text in [
            "Votre abonnement",
            "Subscribe",
            "Anmelden",
            "",
            "Baja California",
        ] {
            assert!(!speaks_of_unsubscribing(text), "{text}");
        }
    }

    #[test]
    fn addresses_tell_it_too() {
        assert!(leads_to_unsubscribing("https://exemple.fr/Unsubscribe?u=1"));
        assert!(leads_to_unsubscribing("https://exemple.fr/desabonnement"));
        assert!(!leads_to_unsubscribing("https://exemple.fr/subscribe"));
    }

    #[test]
    fn every_line_of_the_list_is_a_kind_and_a_piece() {
        const KINDS: &[&str] = &["fr", "en", "de", "es", "it", "nl", "pt", "url"];
        for line in UNSUBSCRIBE.lines().filter(|line| !line.starts_with('#')) {
            let (kind, piece) = line.split_once(' ').expect("a kind and a piece");
            assert!(KINDS.contains(&kind), "{line}");
            assert_eq!(plain(piece), piece, "{line}");
        }
        for kind in KINDS {
            let of_it = UNSUBSCRIBE.lines().filter(|line| line.starts_with(kind));
            assert!(of_it.count() >= 5, "{kind}");
        }
    }
}
