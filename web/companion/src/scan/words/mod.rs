//! What the scanner says, one table per language. Words in braces are filled in with `nguon_verify_app::messages::fill`.

mod en;
mod ja;
mod ko;
mod vi;
mod zh;

use nguon_verify_app::lang::Lang;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// Starts the camera
    pub open: &'static str,
    /// Chooses a picture
    pub picture: &'static str,
    /// Beside these
    pub hint: &'static str,
    /// What all this is
    pub region: &'static str,
    /// What the video is
    pub video: &'static str,
    /// Waiting for the camera
    pub opening: &'static str,
    /// Looking
    pub looking: &'static str,
    /// After a while without a code
    pub advice: &'static str,
    /// A picture is being read
    pub reading: &'static str,
    /// Something was read
    pub read: &'static str,
    /// The page was hidden
    pub paused: &'static str,
    /// Starts again
    pub resume: &'static str,
    /// Stops the camera
    pub close: &'static str,
    /// Puts the finding away
    pub end: &'static str,
    /// Lights the torch
    pub torch: &'static str,
    /// Which camera
    pub lens: &'static str,
    /// A camera without a name
    pub lens_number: &'static str,
    /// Tries again
    pub again: &'static str,
    /// Beside what stands in the way: the other ways in
    pub ways: &'static str,
    /// For browsers inside other apps
    pub open_elsewhere: &'static str,
    /// The reader said no
    pub refused: &'static str,
    /// No camera
    pub missing: &'static str,
    /// Another app has it
    pub busy: &'static str,
    /// Not over `https:`
    pub insecure: &'static str,
    /// Inside another app
    pub inside: &'static str,
    /// No camera for pages
    pub unsupported: &'static str,
    /// The camera was taken away
    pub ended: &'static str,
    /// The scanner did not come
    pub not_loaded: &'static str,
    /// The scanner failed
    pub stopped: &'static str,
    /// A picture without a code
    pub no_code: &'static str,
    /// A file that is no picture
    pub no_picture: &'static str,
    /// Going to a lot
    pub leaving: &'static str,
    /// Several codes
    pub choose: &'static str,
    /// Back to these
    pub several: &'static str,
    /// One of them: a lot
    pub lot: &'static str,
    /// The same with a serial number
    pub lot_serial: &'static str,
    /// One of another page's address
    pub lot_at: &'static str,
    /// A lot with another page's address
    pub elsewhere: &'static str,
    /// What can be done with it
    pub elsewhere_text: &'static str,
    /// A lot without an address
    pub bare: &'static str,
    /// What can be done with it
    pub bare_text: &'static str,
    /// Does it
    pub check_here: &'static str,
    /// An address that passes itself off as this page's
    pub look_alike: &'static str,
    /// How: by a letter
    pub near: &'static str,
    /// How: this page's name in it
    pub inside_name: &'static str,
    /// How: letters of several scripts
    pub mixed: &'static str,
    /// How: xn--
    pub encoded: &'static str,
    /// How: before an @
    pub front: &'static str,
    /// What to do
    pub look_alike_advice: &'static str,
    /// Reports it
    pub report: &'static str,
    /// Something else
    pub foreign: &'static str,
    /// What happens with it: nothing
    pub foreign_text: &'static str,
    /// Before what it says
    pub says: &'static str,
    /// How much is left out
    pub left_out: &'static str,
    /// Copies it
    pub copy: &'static str,
    /// That worked
    pub copied: &'static str,
    /// That did not
    pub not_copied: &'static str,
    /// Kind: an address of this page
    pub own_link: &'static str,
    /// Kind: another page
    pub link: &'static str,
    /// Kind: a program
    pub script: &'static str,
    /// Kind: a network
    pub wifi: &'static str,
    /// Kind: a business card
    pub contact: &'static str,
    /// Kind: a number to call
    pub phone: &'static str,
    /// Kind: a message
    pub message: &'static str,
    /// Kind: a mail
    pub mail: &'static str,
    /// Kind: a place
    pub place: &'static str,
    /// Kind: a date
    pub event: &'static str,
    /// Kind: a payment
    pub payment: &'static str,
    /// Kind: a second factor
    pub secret: &'static str,
    /// Kind: for another app
    pub app: &'static str,
    /// Kind: digits
    pub number: &'static str,
    /// Kind: text
    pub text: &'static str,
    /// Kind: no text
    pub binary: &'static str,
}

impl Words {
    /// In this language.
    #[must_use]
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => &vi::WORDS,
            Lang::En => &en::WORDS,
            Lang::Zh => &zh::WORDS,
            Lang::Ja => &ja::WORDS,
            Lang::Ko => &ko::WORDS,
        }
    }
}
