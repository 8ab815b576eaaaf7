//! `datapackage.json` says the same as our table of columns: files, columns, their order, types, what is required, codes.

use serde_json::{Value, json};
use signpost::dataset::columns::{Column, FILES, Holds, Item, OTHER_COSTS};

/// What the description should say of a column, in the words of our table.
fn ours(column: &Column) -> Value {
    let (kind, list, codes, refers) = match column.holds {
        Holds::Date => ("date", false, None, None),
        Holds::Money | Holds::Number { .. } => ("number", false, None, None),
        Holds::Integer { .. } => ("integer", false, None, None),
        Holds::YesNo => ("string", false, Some(vec!["yes", "no"]), None),
        Holds::One(Item::CodeOf(codes)) => ("string", false, Some(codes()), None),
        Holds::List(Item::CodeOf(codes)) => ("string", true, Some(codes()), None),
        Holds::List(Item::OpenList(codes)) => ("string", true, Some(codes.to_vec()), None),
        Holds::List(Item::RowOf(table)) => {
            let file = table.file();
            let refers = format!("{}.{}", file.name.trim_end_matches(".csv"), file.columns[0].name);
            ("string", true, None, Some(refers))
        }
        Holds::List(Item::PaysFor) => ("string", true, None, Some("categories.code".to_string())),
        Holds::List(_) => ("string", true, None, None),
        _ => ("string", false, None, None),
    };
    json!({
        "name": column.name, "type": kind, "required": column.required, "list": list, "codes": codes, "refers": refers,
    })
}

/// What the description says of a column.
fn theirs(field: &Value) -> Value {
    let codes = if field["listEnum"].is_null() { &field["constraints"]["enum"] } else { &field["listEnum"] };
    json!({
        "name": field["name"], "type": field["type"],
        "required": field["constraints"]["required"].as_bool().unwrap_or(false),
        "list": field["list"] == ";", "codes": codes, "refers": field["refers"],
    })
}

#[test]
fn datapackage_and_columns_agree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/directory/datapackage.json");
    let text = std::fs::read_to_string(path).expect("data/directory/datapackage.json is there");
    let package: Value = serde_json::from_str(&text).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let names: Vec<_> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
    assert_eq!(names, FILES.iter().map(|file| file.name).collect::<Vec<_>>());
    for (file, resource) in FILES.iter().zip(resources) {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let theirs: Vec<Value> = fields.iter().map(theirs).collect();
        let ours: Vec<Value> = file.columns.iter().map(ours).collect();
        assert_eq!(theirs, ours, "{}", file.name);
        for (column, field) in file.columns.iter().zip(fields) {
            let (low, high) = (field["constraints"]["minimum"].as_f64(), field["constraints"]["maximum"].as_f64());
            let bounds = match column.holds {
                Holds::Integer { from, to } => (Some(from as f64), Some(to as f64)),
                Holds::Number { from, to } => (Some(from), Some(to)),
                _ => continue,
            };
            assert_eq!((low, high), bounds, "{} {}", file.name, column.name);
        }
        if file.name == "funds.csv" {
            let pays_for = fields.iter().find(|field| field["name"] == "pays_for").unwrap();
            assert_eq!(pays_for["alsoAllowed"], json!(OTHER_COSTS));
        }
    }
}
