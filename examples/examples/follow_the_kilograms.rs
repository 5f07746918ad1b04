//! Walk a verified history from the box back to the orchards: who gave how much to whom.
use nguon_core::ids::ChainId;
use nguon_core::verify::{History, Options, verify};
use nguon_examples::season::{Season, Seed};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let season = Season::build(&Seed::sample())?;
    let bundle = season.ledger.bundle(season.id("packer/export"))?.to_bytes()?;
    let found = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
    println!("verdict: {}", found.verdict.outcome.kind());
    let history = found.history.ok_or("nothing could be read")?;
    show(&history, history.batch(), 0);
    Ok(())
}

/// One line a chain, its sources indented below it.
fn show(history: &History, chain: ChainId, depth: usize) {
    let Some(state) = history.chain(&chain).map(|chain| chain.state()) else { return };
    let owner = state.custodian().map(|owner| history.name_of(&owner));
    let owner = owner.as_ref().and_then(|name| name.text()).unwrap_or("somebody who is not named");
    println!("{:depth$}{} of {owner}", "", state.sort());
    for input in state.batch().map(|batch| batch.inputs.entries()).unwrap_or_default() {
        println!("{:depth$}  {} kg from", "", input.grams / 1_000);
        show(history, input.other, depth + 4);
    }
}
