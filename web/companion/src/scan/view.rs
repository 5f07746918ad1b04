//! The scanner as it is drawn, and the loop from frame to frame.

use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{El, When, button, el, el_of, group};
use nguon_verify_app::components::icon::icon;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::Icon;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::device::{self, Ear, Heard, Picture};
use super::host::Host;
use super::panel::{self, Ways};
use super::payload::Finding;
use super::state::{Action, Camera, Stage, State, Trouble, Why};
use crate::messages::{self, Messages};

/// The element that shows the camera; `load.js` looks for it.
const VIDEO: &str = "scan-video";
const TOP: &str = "scan-top";
const OPEN: &str = "scan-open";
const STOP: &str = "scan-stop";
const LENS: &str = "scan-lens";
const FILE: &str = "scan-file";

/// The language that it speaks.
#[derive(Properties, PartialEq)]
pub struct Shown {
    /// The page's
    pub lang: Lang,
}

/// What the scanner is told.
pub enum Message {
    /// By the reader, at once
    Do(Action),
    /// By the camera or the worker, about the attempt of this number
    Since(u32, Action),
    /// A lens was chosen
    Lens,
    /// The torch's button was pressed
    Torch,
    /// A picture was given
    Picture(Option<Picture>),
    /// Something reached the page
    Heard(Heard),
    /// The lot of the finding is to be looked up here
    Go,
    /// The finding's text is to be copied
    Copy,
    /// Whether that worked
    Copied(bool),
}

/// The scanner.
pub struct Scan {
    state: State,
    /// The number of the attempt: what comes of an earlier one is too late.
    attempt: u32,
    copied: Option<bool>,
    /// The element to move the keyboard to, once it is drawn.
    focus: Option<&'static str>,
    _ear: Ear,
}

impl Scan {
    /// Takes what happened, and does what follows from it.
    fn act(&mut self, action: Action) {
        let before = std::mem::discriminant(&self.state.stage);
        let (had_camera, had_path) = (self.state.wants_camera(), self.state.leads_to().cloned());
        let closed = action == Action::Close;
        let turned = matches!(action, Action::Chosen(_));
        self.state = self.state.clone().after(action);
        if had_camera && !self.state.wants_camera() {
            device::close();
        }
        if let Some(path) = self.state.leads_to().filter(|path| Some(*path) != had_path.as_ref()) {
            device::go(path);
        }
        if turned || before != std::mem::discriminant(&self.state.stage) {
            self.copied = None;
            self.focus = match &self.state.stage {
                // All of it comes into view, what the camera sees above all.
                Stage::Opening | Stage::Paused | Stage::Trouble(_) => Some(TOP),
                Stage::Found { .. } => Some(panel::HEADING),
                // The keyboard goes back to where it came from.
                Stage::Shut if closed => Some(OPEN),
                _ => None,
            };
        }
    }

    /// Opens the camera and looks at frames until there is something to say.
    fn start(&mut self, ctx: &Context<Self>, lens: String) {
        self.attempt += 1;
        self.act(Action::Open);
        let attempt = self.attempt;
        let tell = ctx.link().callback(move |action| Message::Since(attempt, action));
        if let Some(trouble) = device::lack() {
            tell.emit(Action::Failed(trouble));
            return;
        }
        spawn_local(async move {
            match device::open(&lens).await {
                Ok(camera) => tell.emit(Action::Opened(camera)),
                Err(Trouble::Refused) if device::is_inside() => tell.emit(Action::Failed(Trouble::Inside)),
                Err(trouble) => tell.emit(Action::Failed(trouble)),
            }
        });
    }

    /// Looks at the next frame, if there is still something to look for.
    fn look(&self, ctx: &Context<Self>) {
        if matches!(self.state.stage, Stage::Looking { .. }) {
            let attempt = self.attempt;
            let tell = ctx.link().callback(move |action| Message::Since(attempt, action));
            spawn_local(async move {
                tell.emit(match device::frame().await {
                    Ok(Ok(payloads)) => Action::Frame(payloads),
                    Ok(Err(why)) => Action::Ended(why),
                    Err(trouble) => Action::Failed(trouble),
                });
            });
        }
    }

    fn read(&mut self, ctx: &Context<Self>, picture: Picture) {
        self.attempt += 1;
        self.act(Action::Picture);
        let attempt = self.attempt;
        let tell = ctx.link().callback(move |action| Message::Since(attempt, action));
        spawn_local(async move {
            tell.emit(match device::read(&picture).await {
                Ok(payloads) => Action::PictureRead(payloads),
                Err(trouble) => Action::Failed(trouble),
            });
        });
    }
}

impl Component for Scan {
    type Message = Message;
    type Properties = Shown;

    fn create(ctx: &Context<Self>) -> Self {
        let ear = Ear::new(ctx.link().callback(Message::Heard));
        let state = State::new(Host::new(&device::host()));
        Self { state, attempt: 0, copied: None, focus: None, _ear: ear }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Do(Action::Open) => self.start(ctx, String::new()),
            Message::Do(action) => {
                self.attempt += u32::from(action == Action::Close);
                self.act(action);
            }
            Message::Since(attempt, action) if attempt == self.attempt => {
                let looks_on = !matches!(action, Action::Lit(_));
                self.act(action);
                if looks_on {
                    self.look(ctx);
                }
            }
            Message::Since(..) => return false,
            Message::Lens => self.start(ctx, page::typed(LENS)),
            Message::Torch => {
                if let Stage::Looking { camera, .. } = &self.state.stage {
                    let (lit, attempt) = (!camera.lit, self.attempt);
                    let tell = ctx.link().callback(move |action| Message::Since(attempt, action));
                    spawn_local(async move {
                        if device::torch(lit).await {
                            tell.emit(Action::Lit(lit));
                        }
                    });
                }
            }
            Message::Picture(Some(picture)) | Message::Heard(Heard::Picture(picture)) => self.read(ctx, picture),
            Message::Picture(None) => return false,
            Message::Heard(Heard::Text(text)) => self.act(Action::Pasted(text)),
            Message::Heard(Heard::Escape) => {
                if self.state.stage == Stage::Shut {
                    return false;
                }
                self.attempt += 1;
                self.act(Action::Close);
            }
            Message::Heard(Heard::Hidden) => self.act(Action::Ended(Why::Hidden)),
            Message::Go => {
                if let Some(path) = self.state.finding().and_then(Finding::offers) {
                    device::go(path);
                }
            }
            Message::Copy => {
                if let Some(Finding::Foreign { text: Some(text), .. }) = self.state.finding() {
                    let tell = ctx.link().callback(Message::Copied);
                    page::copy(text, move |done| tell.emit(done));
                }
            }
            Message::Copied(done) => self.copied = Some(done),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = messages::of(ctx.props().lang);
        let press = |action: fn() -> Action| ctx.link().callback(move |_: Event| Message::Do(action()));
        let status = el("p").at(&["class", "role"], &["scan-status", "status"]).text(self.state.says(words));
        let inside = match &self.state.stage {
            Stage::Shut => vec![
                big(OPEN, "button", press(|| Action::Open), scan_icon(), words.scan_open).into(),
                self.file(ctx, words).into(),
                el_of("p", "small").text(words.scan_hint).into(),
            ],
            Stage::Opening => vec![
                video(words).into(),
                big(STOP, "button quiet", press(|| Action::Close), icon(Icon::Cross), words.scan_close).into(),
            ],
            Stage::Looking { camera, .. } => {
                vec![video(words).into(), self.controls(ctx, words, camera, press(|| Action::Close)).into()]
            }
            Stage::Paused => vec![
                button("button", press(|| Action::Open), words.scan_resume),
                big(STOP, "button quiet", press(|| Action::Close), icon(Icon::Cross), words.scan_close).into(),
            ],
            Stage::Reading => Vec::new(),
            Stage::Trouble(trouble) => {
                let again = trouble.may_pass().then(|| button("button", press(|| Action::Open), words.scan_again));
                let elsewhere = (*trouble == Trouble::Inside).then(|| el("p").text(words.scan_open_elsewhere));
                let panel = el_of("div", "scan-panel amber")
                    .with(el("p").at(&["class", "role"], &["scan-trouble", "alert"]).text(trouble.sentence(words)))
                    .maybe(elsewhere)
                    .with(el("p").text(words.scan_ways));
                let end = big(STOP, "button quiet", press(|| Action::Close), icon(Icon::Cross), words.scan_end);
                vec![panel.into(), again.unwrap_or_default(), self.file(ctx, words).into(), end.into()]
            }
            Stage::Found { findings, .. } => {
                let ways = Ways {
                    choose: ctx.link().callback(|at| Message::Do(Action::Chosen(at))),
                    go: ctx.link().callback(|_: Event| Message::Go),
                    copy: ctx.link().callback(|_: Event| Message::Copy),
                };
                let panel = match self.state.finding() {
                    Some(finding) => {
                        panel::one(words, self.state.own(), finding, findings.len() > 1, &ways, self.copied)
                    }
                    None => panel::list(words, findings, &ways),
                };
                vec![
                    panel.into(),
                    button("button", press(|| Action::Open), words.scan_resume),
                    big(STOP, "button quiet", press(|| Action::Close), icon(Icon::Cross), words.scan_end).into(),
                ]
            }
        };
        let scan = el("div")
            .at(&["id", "tabindex", "class", "role", "aria-label"], &[TOP, "-1", "scan", "group", words.scan_region]);
        scan.with(status).with(group(inside)).into()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(id) = self.focus.take() {
            page::focus(id);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        device::close();
    }
}

impl Scan {
    fn controls(&self, ctx: &Context<Self>, words: &Messages, camera: &Camera, close: Callback<Event>) -> El {
        let torch = camera.torch.then(|| {
            el("button")
                .at(
                    &["type", "class", "aria-pressed"],
                    &["button", "button quiet", if camera.lit { "true" } else { "false" }],
                )
                .on(When::Click, ctx.link().callback(|_: Event| Message::Torch))
                .text(words.scan_torch)
        });
        let lenses = (camera.lenses.len() > 1).then(|| {
            let options = camera.lenses.iter().enumerate().map(|(at, (id, name))| {
                let number = fill(words.scan_lens_number, &[("n", &(at + 1).to_string())]);
                let name = if name.is_empty() { number } else { name.clone() };
                let option = el("option");
                let option = if *id == camera.current {
                    option.at(&["value", "selected"], &[id, ""])
                } else {
                    option.at(&["value"], &[id])
                };
                option.text(name)
            });
            let select = el("select")
                .at(&["id"], &[LENS])
                .on(When::Change, ctx.link().callback(|_: Event| Message::Lens))
                .all(options);
            el_of("div", "scan-lens").with(el("label").at(&["for"], &[LENS]).text(words.scan_lens)).with(select)
        });
        el_of("div", "scan-controls").maybe(torch).maybe(lenses).with(big(
            STOP,
            "button quiet",
            close,
            icon(Icon::Cross),
            words.scan_close,
        ))
    }

    /// The field for a picture. Without `capture`: the gallery is one of the ways to it.
    fn file(&self, ctx: &Context<Self>, words: &Messages) -> El {
        let change = ctx.link().callback(|_: Event| Message::Picture(device::chosen(FILE)));
        let input = el("input").at(&["id", "type", "accept"], &[FILE, "file", "image/*"]).on(When::Change, change);
        let label =
            el("label").at(&["for", "class"], &[FILE, "button quiet"]).with(picture_icon()).text(words.scan_picture);
        el_of("div", "scan-file").with(input).with(label)
    }
}

/// A button with a picture and a name by which it is found.
fn big(id: &'static str, class: &'static str, press: Callback<Event>, picture: Html, words: &'static str) -> El {
    el("button").at(&["type", "id", "class"], &["button", id, class]).on(When::Click, press).with(picture).text(words)
}

fn video(words: &Messages) -> El {
    let video = el("video").at(
        &["id", "aria-label", "playsinline", "muted", "autoplay", "disablepictureinpicture"],
        &[VIDEO, words.scan_video, "", "", "", ""],
    );
    el_of("div", "scan-view").with(video.key("video")).with(el_of("div", "scan-frame"))
}

/// The corners of a viewfinder around a code.
fn scan_icon() -> Html {
    drawn("M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 8h3v3h-3zM8 13h3v3H8zM13 13h1M16 16v.01")
}

/// A picture with a hill and the sun.
fn picture_icon() -> Html {
    drawn("M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.500 8.500v.01")
}

fn drawn(path: &'static str) -> Html {
    let path = el("path").at(&["d"], &[path]);
    el("svg").at(&["class", "viewBox", "aria-hidden"], &["icon", "0 0 24 24", "true"]).with(path).into()
}
