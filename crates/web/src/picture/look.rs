//! The states of the page, as pictures use them.

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
    )*};
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
