//! The word that was probably meant.

/// Octets of a word that is compared at most; longer ones are no misspelt keyword.
pub const WORD_OCTETS_MAX: usize = 24;

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the
/// other, ASCII case ignored; nothing when either has more than [`WORD_OCTETS_MAX`] octets.
pub fn distance(one: &str, other: &str) -> Option<usize> {
    let (a, b) = (one.as_bytes(), other.as_bytes());
    if a.len() > WORD_OCTETS_MAX || b.len() > WORD_OCTETS_MAX {
        return None;
    }
    let same = |i: usize, j: usize| a[i].eq_ignore_ascii_case(&b[j]);
    // Row `i` holds the distances of the first `i` octets of `a` to each beginning of `b`.
    let mut rows = [[0usize; WORD_OCTETS_MAX + 1]; WORD_OCTETS_MAX + 1];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        rows[i][0] = i;
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(!same(i - 1, j - 1));
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1) {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    Some(rows[a.len()][b.len()])
}

/// The one known word that is nearest to `word`; nothing when two are equally near, or when the nearest
/// is farther than a slip of the finger: one change in a word of up to five letters, two in a longer one,
/// three from ten letters on.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for candidate in known {
        // No slip of the finger changes the length by more than three letters.
        if word.len().abs_diff(candidate.len()) > 3 {
            continue;
        }
        let Some(distance) = distance(word, candidate) else {
            continue;
        };
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => tie = true,
            _ => {
                best = Some((distance, candidate));
                tie = false;
            }
        }
    }
    let (distance, candidate) = best?;
    let limit = match candidate.len() {
        0..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    (!tie && distance <= limit && distance < candidate.len()).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_within_a_slip_of_the_finger() {
        let check = |word: &str, expect: Option<&str>| {
            let known = ["none", "quarantine", "reject"];
            assert_eq!(nearest(word, known), expect, "{word:?}");
        };
        check("nonne", Some("none"));
        check("NONE", Some("none"));
        check("rejct", Some("reject"));
        check("rejcet", Some("reject"));
        check("rejected", Some("reject"));
        check("quarentaine", Some("quarantine"));
        check("monitor", None);
        check("", None);
        check("aucune", None);
        check(&"none".repeat(7), None);
    }

    #[test]
    fn two_equally_near_words_are_no_suggestion() {
        assert_eq!(nearest("xp", ["sp", "np"]), None);
        assert_eq!(nearest("rau", ["rua", "ruf"]), Some("rua"));
    }
}
