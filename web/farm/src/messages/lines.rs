//! How a table of words is made: written down field by field, read from one text with a message a line. As a struct of texts a
//! language would take half as much again.

/// Of `$(name,)*` makes `Written`, which a language is written down in, and `Messages`, which it is read from: a language that
/// lacks one does not compile.
#[macro_export]
macro_rules! messages {
    ($($name:ident,)*) => {
        /// All that is said, as it is written down in a language. `{name}` is filled in.
        #[allow(missing_docs)]
        pub struct Written { $(pub $name: &'static str,)* }

        /// All that is said in a language, as it was read.
        pub struct Messages([&'static str; COUNT]);

        #[allow(non_camel_case_types)]
        enum Line { $($name,)* }

        /// How many messages there are.
        const COUNT: usize = [$(stringify!($name),)*].len();

        impl Written {
            /// Every message under its name.
            #[must_use]
            pub fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }

            /// The messages in the order of this table.
            pub(crate) const fn lines(&self) -> [&'static str; COUNT] {
                [$(self.$name,)*]
            }
        }

        #[allow(missing_docs)]
        impl Messages {
            /// Reads as many lines as it has; `None` if they are fewer.
            pub(crate) fn read(lines: &mut std::str::Split<'static, char>) -> Option<Self> {
                let mut messages = [""; COUNT];
                for message in &mut messages {
                    *message = lines.next()?;
                }
                Some(Self(messages))
            }

            $(
                #[must_use]
                pub const fn $name(&self) -> &'static str {
                    self.0[Line::$name as usize]
                }
            )*
        }
    };
}

pub(crate) use messages;

/// The size of [`text`].
#[must_use]
pub const fn size(lines: &[&str]) -> usize {
    let (mut size, mut index) = (lines.len() - 1, 0);
    while index < lines.len() {
        size += lines[index].len();
        index += 1;
    }
    size
}

/// Messages as a table reads them, put together when the app is compiled.
#[must_use]
pub const fn text<const SIZE: usize>(lines: &[&str]) -> [u8; SIZE] {
    let mut text = [b'\n'; SIZE];
    let (mut at, mut index) = (0, 0);
    while index < lines.len() {
        let (line, mut letter) = (lines[index].as_bytes(), 0);
        while letter < line.len() {
            assert!(line[letter] != b'\n', "a message is one line");
            text[at] = line[letter];
            (at, letter) = (at + 1, letter + 1);
        }
        (at, index) = (at + 1, index + 1);
    }
    text
}

/// One text behind the other, on a line of its own.
pub(crate) const fn joined<const SIZE: usize>(one: &[u8], other: &[u8]) -> [u8; SIZE] {
    let mut text = [b'\n'; SIZE];
    let mut at = 0;
    while at < one.len() {
        text[at] = one[at];
        at += 1;
    }
    at = 0;
    while at < other.len() {
        text[one.len() + 1 + at] = other[at];
        at += 1;
    }
    text
}
