//! What stands elsewhere and is named in a field: a user whom the service finds, a file that is read.

use tui_input::Input;

use crate::app::fault;
use crate::app::msg::RequestId;
use crate::app::store::Loaded;
use crate::domain::query::Reply;
use crate::domain::{Answer, Image, User};

/// A search for a user.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What is looked for.
    pub input: Input,
    /// What was looked for when those found were asked for.
    pub asked: String,
    /// The question under way.
    pub question: Option<RequestId>,
    /// Who was found.
    pub found: Loaded<Vec<User>>,
    /// The one chosen among them.
    pub index: usize,
}

impl Finder {
    /// Whether those found belong to what stands there.
    pub fn is_current(&self) -> bool {
        self.asked == self.input.value().trim()
    }

    /// Whether Enter looks something up: something stands there for which nobody was found yet.
    pub fn wants_search(&self) -> bool {
        let typed = self.input.value().trim();
        let is_here = self.is_current() && matches!(self.found, Loaded::Yes(_) | Loaded::Asked);
        !typed.is_empty() && !is_here
    }

    /// Notes that what stands there is looked up by this question; gives the text.
    pub fn ask(&mut self, question: RequestId) -> String {
        self.asked = self.input.value().trim().to_owned();
        self.question = Some(question);
        self.found = Loaded::Asked;
        self.index = 0;
        self.asked.clone()
    }

    /// The answer has come; what is to be said where it brought nobody.
    pub fn answered(&mut self, reply: Reply) -> Option<String> {
        self.question = None;
        match reply {
            Ok(Answer::Users(page)) => {
                let users: Vec<User> = page.rows.into_iter().map(|row| row.item).collect();
                let nobody = users.is_empty();
                self.found = Loaded::Yes(users);
                nobody.then(|| "nobody was found by this".to_owned())
            }
            Ok(_) => {
                self.found = Loaded::No;
                None
            }
            Err(error) => {
                let words = fault::words(&error).cause.to_string();
                self.found = Loaded::Failed(error);
                Some(words)
            }
        }
    }

    /// Those found for what stands there.
    pub fn users(&self) -> &[User] {
        let found = self.found.known().filter(|_| self.is_current());
        found.map_or(&[], Vec::as_slice)
    }

    /// The one that is chosen.
    pub fn chosen(&self) -> Option<&User> {
        self.users().get(self.index)
    }
}

/// The path of an image file, and the image once it was read.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// The path.
    pub input: Input,
    /// The path that was read and what was there.
    pub read: Option<(String, Image)>,
}

impl Picked {
    /// The path as it stands there.
    pub fn path(&self) -> &str {
        self.input.value().trim()
    }

    /// The image, if the file that stands there was read.
    pub fn image(&self) -> Option<&Image> {
        let (_, image) = self.read.as_ref().filter(|(path, _)| path == self.path())?;
        Some(image)
    }
}
