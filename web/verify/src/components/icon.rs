//! Line icons on a grid of 24, in the colour of the text.

use nguon_core::event::EventName;
use yew::prelude::*;

use super::el::el;
use crate::model::Icon;

/// The sign of a verdict or a check.
pub fn icon(icon: Icon) -> Html {
    drawn(match icon {
        Icon::Tick => "M5 12.5l4.5 4.5L19 7.5",
        Icon::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
        Icon::Warning => "M12 5v9M12 18.5v.01",
        Icon::Dash => "M6 12h12",
        Icon::Clock => "M12 4a8 8 0 1 0 .01 0M12 8v4.5l3 2",
        Icon::Stop => "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16.2v.01",
        Icon::Question => "M8.5 9a3.5 3.5 0 1 1 5.2 3.1c-1.1.6-1.7 1.2-1.7 2.4M12 18.5v.01",
        Icon::Offline => {
            "M4 9.5c1.3-1.2 2.8-2 4.4-2.5M12.5 6.5c2.8.1 5.4 1.1 7.5 3M7.5 13.5c.8-.7 1.7-1.2 2.7-1.4M12 18v.01M5 4l14 16"
        }
        Icon::Update => "M12 19V6M6.5 11L12 5.5 17.5 11",
        Icon::Search => "M10.5 4.5a6 6 0 1 0 .01 0M15 15l5 5",
    })
}

/// The picture of a step.
pub fn event_icon(event: EventName) -> Html {
    drawn(match event {
        EventName::PlaceRegistered | EventName::PlotRegistered => {
            "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 7.5a2.5 2.5 0 1 0 .01 0"
        }
        EventName::SeasonOpened => "M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7",
        EventName::PlotsAllotted => "M4 4h16v16H4zM4 12h16M12 4v16",
        EventName::InputApplied => "M12 3.5s-6 6.5-6 11a6 6 0 0 0 12 0c0-4.5-6-11-6-11zM9.5 15a2.5 2.5 0 0 0 2.5 2.5",
        EventName::HarvestDrawn | EventName::Harvested => {
            "M3.5 11h17l-2 9h-13zM7 11l3.5-6.5M17 11l-3.5-6.5M9 14.5v2.5M12 14.5v2.5M15 14.5v2.5"
        }
        EventName::Cooled => "M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9",
        EventName::Treated => "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z",
        EventName::LabResult => "M10 4v6l-5 10h14l-5-10V4M8.5 4h7",
        EventName::Inspected => "M10.5 4.5a6 6 0 1 0 .01 0M15 15l5 5",
        EventName::Suspended => "M9 6v12M15 6v12",
        EventName::SuspensionLifted
        | EventName::ReleaseApproved
        | EventName::Released
        | EventName::CorrectionApproved
        | EventName::Reattested => "M5 12.5l4.5 4.5L19 7.5",
        EventName::Aggregated => "M3 19h18M6 15h12v4M7 15V9h10v6M12 9v6",
        EventName::Sold => "M6 8h12l1 12H5zM9 8a3 3 0 0 1 6 0",
        EventName::Lost | EventName::Disposed => "M6 7h12M9 7V4h6v3M7.5 7l1 13h7l1-13",
        EventName::Opened => "M12 5v14M5 12h14",
        EventName::Drawn => "M4 12h15M13 6l6 6-6 6",
        EventName::Packed | EventName::Repacked => "M4 8l8-4 8 4v8.5l-8 4-8-4zM4 8l8 4 8-4M12 12v8.5",
        EventName::Shipped => "M3 6h11v10H3zM14 10h4l3 3v3h-7zM7 16.5a2 2 0 1 0 .01 0M17.5 16.5a2 2 0 1 0 .01 0",
        EventName::Received => "M12 4v11M7 10.5l5 5 5-5M4 20h16",
        EventName::Certified => "M12 3.5a5.5 5.5 0 1 0 .01 0M8.5 13.5L7 21l5-2.5L17 21l-1.5-7.5",
        EventName::Listed | EventName::LabelsIssued | EventName::NameReleased => "M4 4h8l8.5 8.5-8 8L4 12zM8 8v.01",
        EventName::Recalled => "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16.2v.01",
        EventName::Corrected => "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z",
        EventName::Enrolled
        | EventName::KeyAdded
        | EventName::KeyRevoked
        | EventName::ScopeChanged
        | EventName::Retired
        | EventName::CustodianChanged => "M12 4a3.5 3.5 0 1 0 .01 0M5 20c.5-4 3.5-6 7-6s6.5 2 7 6",
    })
}

/// The buttons' pictures.
pub fn tool_icon(tool: Tool) -> Html {
    drawn(match tool {
        Tool::Save => "M12 4v11M7 10.5l5 5 5-5M4 20h16",
        Tool::Share => "M12 15V4M7.5 8L12 3.5 16.5 8M6 12H5v8h14v-8h-1",
        Tool::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
        Tool::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
        Tool::Retry => "M19.5 12a7.5 7.5 0 1 1-2.5-5.600M17.5 3v4h-4",
        Tool::Phone => {
            "M6 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2C10.5 20 4 13.5 4 5.5a2 2 0 0 1 2-2z"
        }
        Tool::Flag => "M6 21V4M6 4.5h11l-2.5 4L17 12.5H6",
        Tool::Type => "M4 7h16v10H4zM8 11v.01M12 11v.01M16 11v.01M9 14h6",
    })
}

/// What a button does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Saves a file
    Save,
    /// Passes the link on
    Share,
    /// Prints the page
    Print,
    /// Copies bytes
    Copy,
    /// Tries again
    Retry,
    /// Whom to ask
    Phone,
    /// Reports a label
    Flag,
    /// Types a code
    Type,
}

fn drawn(path: &'static str) -> Html {
    let path = el("path").at(&["d"], &[path]);
    el("svg").at(&["class", "viewBox", "aria-hidden"], &["icon", "0 0 24 24", "true"]).with(path).into()
}
