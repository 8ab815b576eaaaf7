//! Which funds could pay for what stands in the way of an option. Never guessed: a fund with conditions is offered only
//! where what the person said meets them.

use super::answer::FundOffer;
use super::candidates::Candidate;
use super::person::Person;
use crate::index::Snapshot;
use crate::model::{Fund, FundKind, PaysFor, Service, Status};
use crate::search::public::OrganisationName;

/// A shorter way can be walked: nobody needs a fare, km.
const WALKABLE_KM: f64 = 1.5;

/// Funds that could pay for something of an option.
pub fn for_option(snapshot: &Snapshot, person: &Person, candidate: &Candidate, service: &Service) -> Vec<FundOffer> {
    let wanted = |fund: &&Fund| match person.fund {
        Some(kind) => fund.kind == kind,
        None => fund.kind != FundKind::SharedProject,
    };
    let funds = snapshot.vocabulary().funds.iter().filter(wanted).filter(|fund| is_open_to(snapshot, person, fund));
    let offers = funds.filter_map(|fund| {
        let pays_for = pays_for(snapshot, person, candidate, service, fund);
        (!pays_for.is_empty()).then(|| offer(snapshot, fund, pays_for))
    });
    by_id(offers.collect())
}

/// Funds with which people could start something themselves.
pub fn for_gap(snapshot: &Snapshot, person: &Person) -> Vec<FundOffer> {
    let shared = snapshot.vocabulary().funds.iter().filter(|fund| fund.kind == FundKind::SharedProject);
    by_id(
        shared
            .filter(|fund| is_open_to(snapshot, person, fund))
            .map(|fund| offer(snapshot, fund, Vec::new()))
            .collect(),
    )
}

/// The order of rows in the file means nothing.
fn by_id(mut offers: Vec<FundOffer>) -> Vec<FundOffer> {
    offers.sort_by(|a, b| a.id.cmp(&b.id));
    offers
}

fn is_open_to(snapshot: &Snapshot, person: &Person, fund: &Fund) -> bool {
    let lexicon = snapshot.lexicon();
    let audience = |code: &crate::model::Code| lexicon.audience(code.as_str());
    let is_one_of_them = fund.only_for.iter().filter_map(audience).any(|own| person.audiences.contains(&own));
    // A women's fund is for women even if its row forgets to say so, or names others.
    let is_woman = lexicon.audience("women").is_some_and(|women| person.audiences.contains(&women));
    let right_person = (fund.only_for.is_empty() || is_one_of_them) && (fund.kind != FundKind::Women || is_woman);
    let has_ages = fund.age.minimum.is_some() || fund.age.maximum.is_some();
    let right_age = !has_ages || person.age.and_then(|age| fund.age.includes(age)).unwrap_or(false);
    let areas = person.place.as_ref().map_or(&[][..], |place| &place.areas);
    let right_place = fund.covers.is_empty()
        || fund.covers.iter().filter_map(|id| lexicon.area(id.as_str())).any(|area| areas.contains(&area));
    fund.status == Status::Active && right_person && right_age && right_place
}

fn pays_for(
    snapshot: &Snapshot,
    person: &Person,
    candidate: &Candidate,
    service: &Service,
    fund: &Fund,
) -> Vec<&'static str> {
    let lexicon = snapshot.lexicon();
    let costs = service.cost.is_some_and(|cost| !cost.is_free());
    let facts = &snapshot.facts().services[candidate.service as usize];
    let is_of = |code: &str| {
        let category = lexicon.category(code);
        category.is_some_and(|category| facts.categories.iter().any(|&own| lexicon.line(own).contains(&category)))
    };
    let has_children = ["parents", "mothers", "fathers"]
        .iter()
        .filter_map(|code| lexicon.audience(code))
        .any(|parent| person.audiences.contains(&parent));
    let goes_there = snapshot.facts().listings[candidate.listing as usize].location.is_some();
    let mut paid = Vec::new();
    for pays_for in &fund.pays_for {
        let what = match pays_for {
            PaysFor::Category(code) => (costs && is_of(code.as_str())).then_some("cost"),
            PaysFor::Course => (costs && is_of("learning")).then_some("course"),
            PaysFor::Travel => candidate.distance_km.is_some_and(|km| km > WALKABLE_KM).then_some("travel"),
            PaysFor::Kit => (!service.bring.is_empty()).then_some("kit"),
            PaysFor::Childcare => (has_children && goes_there).then_some("childcare"),
            PaysFor::IdDocuments => is_of("id_documents").then_some("id"),
        };
        paid.extend(what.filter(|what| !paid.contains(what)));
    }
    paid
}

fn offer(snapshot: &Snapshot, fund: &Fund, pays_for: Vec<&'static str>) -> FundOffer {
    let holder = snapshot.organisation(fund.holder_organisation_id.as_str());
    FundOffer {
        id: fund.id.clone(),
        name: fund.name.clone(),
        kind: fund.kind,
        pays_for,
        most: fund.most,
        holder: OrganisationName {
            id: fund.holder_organisation_id.clone(),
            name: holder.map(|holder| holder.name).unwrap_or_default(),
        },
        how_to_apply: fund.how_to_apply.clone(),
    }
}
