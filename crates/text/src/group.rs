//! What help pages are for.

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Explains a matter from its beginning.
    Guide,
    /// Leads through the form of one DNS host, step by step.
    Walkthrough,
    /// Has a section for each finding of its topic.
    Finding,
    /// The words.
    Glossary,
    /// About Garant itself.
    About,
}

impl Group {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Guide,
        Self::Walkthrough,
        Self::Finding,
        Self::Glossary,
        Self::About,
    ];

    /// Its name: the key of its title is `help-group-` and this.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guide => "guides",
            Self::Walkthrough => "walkthroughs",
            Self::Finding => "findings",
            Self::Glossary => "glossary",
            Self::About => "about",
        }
    }
}
