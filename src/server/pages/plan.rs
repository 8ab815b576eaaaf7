//! A plan as a page to print. It is given by `POST /api/v1/plan` and by the navigator, and has no address of its own.

use super::frame::Frame;
use super::render;
use super::told;
use crate::matching::plan::sheet::Plan;
use crate::matching::plan::total::{FundRequest, FundTotal};
use crate::model::Coded;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    frame: Frame,
    plan: &'a Plan,
    /// What the navigator's form says, with which the plan is changed or said in another language; empty without one.
    fields: Vec<(String, String)>,
}

pub(in crate::server) fn plan(frame: Frame, plan: &Plan, fields: Vec<(String, String)>) -> Response {
    render(&PlanPage { frame, plan, fields })
}

impl PlanPage<'_> {
    /// "Made on 24 November 2026".
    fn made_on(&self) -> String {
        self.frame.t.say("kiosk.made_on", &[("date", &self.frame.t.date(self.plan.date))])
    }

    /// What money is asked for: "Travel", "Childcare".
    fn purpose(&self, request: &FundRequest) -> String {
        told::word(self.frame.t, "purpose", request.purpose.code())
    }

    /// "Fresh Start fund, held by Doorway Advice".
    fn held_by(&self, fund: &FundTotal) -> String {
        self.frame.t.say("plan.held_by", &[("fund", &fund.name), ("holder", &fund.holder.name)])
    }

    /// What stands beside a fund's total.
    fn in_all(&self, fund: &FundTotal) -> String {
        let t = self.frame.t;
        match (fund.most, fund.within_limit) {
            (Some(most), Some(true)) => t.say("plan.in_all_within", &[("most", &most)]),
            (Some(most), _) => t.say("plan.in_all_over", &[("most", &most)]),
            (None, _) => t.text("plan.in_all").to_string(),
        }
    }

    fn together(&self) -> String {
        self.frame.t.say("plan.together", &[("sum", &self.plan.asked)])
    }
}
