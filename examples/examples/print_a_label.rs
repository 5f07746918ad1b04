//! Print the label of a lot: the link that binds it to its history, and its QR symbol for terminal and printer.
use nguon_examples::season::{Season, Seed};
use nguon_label::{Caption, Dpi, Label, Terminal};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let season = Season::build(&Seed::sample())?;
    let case = season.case("marketplace");
    let link = case.link(&"https://nguon.example".parse()?).ok_or("a batch without a label")?;
    println!("{}\n{}\n{link}", case.title_vi, link.code());
    let label = Label::new(link)?;
    print!("{}", label.to_terminal(Terminal::Ansi));
    let svg = label.to_svg(Dpi::D300, Caption::Shown);
    println!("{:.1} mm wide on a 300 dpi printer, {} bytes of SVG", label.size_mm(Dpi::D300), svg.len());
    Ok(())
}
