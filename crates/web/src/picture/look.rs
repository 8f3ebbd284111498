//! The states of the page, as pictures use them.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How something looks: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::picture) struct Look {
    /// The class of words in the page.
    pub(in crate::picture) class: &'static str,
    /// The shape of the state.
    pub(in crate::picture) shape: &'static str,
    /// The class of text in the drawing.
    pub(in crate::picture) text: &'static str,
    /// Of lines.
    pub(in crate::picture) line: &'static str,
    /// Of shapes.
    pub(in crate::picture) colour: &'static str,
}

macro_rules! looks {
    ($($name:ident: $word:literal, $text:literal, $line:literal;)*) => {$(
        pub(in crate::picture) const $name: Look = Look {
            class: concat!("is-", $word),
            shape: $word,
            text: $text,
            line: $line,
            colour: concat!("s-", $word),
        };
    )*
        /// Every look.
        const ALL: &[Look] = &[$($name,)* NEUTRAL];
    };
}

looks! {
    RIGHT: "right", "f-right", "g-right";
    RISK: "risk", "f-risk", "g-risk";
    BLOCK: "block", "f-block", "g-block";
    ADVICE: "advice", "", "g-rail";
    WAIT: "wait", "f-wait", "g-wait";
    UNKNOWN: "unknown", "g-dim", "g-rail";
}

/// Something that is neither right nor wrong.
pub(in crate::picture) const NEUTRAL: Look = Look {
    class: "is-plain",
    shape: "soon",
    text: "g-dim",
    line: "g-rail",
    colour: "s-ink",
};

/// As the word of its shape, which tells looks apart.
impl Serialize for Look {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shape)
    }
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let found = ALL.iter().find(|look| look.shape == word);
        found
            .copied()
            .ok_or_else(|| D::Error::custom("a look that nothing has"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_is_read_as_it_was_written() {
        for look in ALL {
            let written = serde_json::to_string(look).expect("a word");
            assert_eq!(serde_json::from_str::<Look>(&written).ok(), Some(*look));
        }
        assert!(serde_json::from_str::<Look>("\"red\"").is_err());
    }
}
