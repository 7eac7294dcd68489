//! Label definitions of a repository (GitHub docs, "REST API endpoints for labels").

use serde_json::{Map, Value, json};

use super::{
    Act, State, Subject,
    ids::Kind,
    model::{Label, same_label},
    refusal::Refusal,
};
use crate::render;

/// The colour of a label that comes into being by being put on an issue.
pub(super) const DEFAULT_COLOR: &str = "ededed";

/// The labels every new repository has (GitHub docs, "Managing labels").
pub(crate) const DEFAULT_LABELS: [(&str, &str, &str); 9] = [
    ("bug", "d73a4a", "Something isn't working"),
    ("documentation", "0075ca", "Improvements or additions to documentation"),
    ("duplicate", "cfd3d7", "This issue or pull request already exists"),
    ("enhancement", "a2eeef", "New feature or request"),
    ("good first issue", "7057ff", "Good for newcomers"),
    ("help wanted", "008672", "Extra attention is needed"),
    ("invalid", "e4e669", "This doesn't seem right"),
    ("question", "d876e3", "Further information is requested"),
    ("wontfix", "ffffff", "This will not be worked on"),
];

/// New values for a label's definition.
pub(super) struct LabelEdit {
    pub(super) new_name: Option<String>,
    pub(super) color: Option<String>,
    pub(super) description: Option<String>,
}

impl State {
    pub(super) fn create_label(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        name: &str,
        color: Option<&str>,
        description: Option<String>,
    ) -> Result<Subject, Refusal> {
        check_name(name)?;
        if let Some(color) = color {
            check_color(color)?;
        }
        if self.repo_mut(repo)?.label(name).is_some() {
            return Err(Refusal::invalid("Label", "name", "already_exists"));
        }
        let color = color.unwrap_or(DEFAULT_COLOR);
        let id = self.define_label(act, repo, name, color, description)?;
        Ok(Subject::Label(id))
    }

    fn define_label(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        name: &str,
        color: &str,
        description: Option<String>,
    ) -> Result<u64, Refusal> {
        let id = self.ids.next(Kind::Label);
        let label = Label { id, name: name.trim().to_owned(), color: color.to_lowercase(), description };
        self.repo_mut(repo)?.labels.push(label);
        self.emit_label(act, repo, id, "created", json!({}));
        Ok(id)
    }

    /// Ids of the named labels, in order and each once; missing ones are defined with the default colour.
    pub(super) fn labels_to_use(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        names: &[String],
    ) -> Result<Vec<u64>, Refusal> {
        let mut ids = Vec::new();
        for name in names {
            let known = self.repo_mut(repo)?.label(name.trim()).map(|label| label.id);
            let id = match known {
                Some(id) => id,
                None => self.define_label(act, repo, name, DEFAULT_COLOR, None)?,
            };
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    pub(super) fn edit_label(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        name: &str,
        edit: LabelEdit,
    ) -> Result<Subject, Refusal> {
        let id = self.repo_mut(repo)?.label(name).ok_or(Refusal::NotFound)?.id;
        if let Some(new_name) = &edit.new_name {
            check_name(new_name)?;
            let twin =
                self.repo_mut(repo)?.labels.iter().any(|l| l.id != id && same_label(&l.name, new_name));
            if twin {
                return Err(Refusal::invalid("Label", "name", "already_exists"));
            }
        }
        if let Some(color) = &edit.color {
            check_color(color)?;
        }
        let labels = &mut self.repo_mut(repo)?.labels;
        let label = labels.iter_mut().find(|label| label.id == id).ok_or(Refusal::NotFound)?;
        let mut changes = Map::new();
        let mut replace = |field: &str, old: &mut String, new: Option<String>| {
            if let Some(new) = new.filter(|new| new != old) {
                changes.insert(field.to_owned(), json!({ "from": std::mem::replace(old, new) }));
            }
        };
        replace("name", &mut label.name, edit.new_name);
        replace("color", &mut label.color, edit.color.map(|color| color.to_lowercase()));
        if edit.description.is_some() && edit.description != label.description {
            let old = std::mem::replace(&mut label.description, edit.description);
            changes.insert("description".to_owned(), json!({ "from": old.unwrap_or_default() }));
        }
        if !changes.is_empty() {
            self.emit_label(act, repo, id, "edited", json!({ "changes": changes }));
        }
        Ok(Subject::Label(id))
    }

    pub(super) fn delete_label(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        name: &str,
    ) -> Result<Subject, Refusal> {
        let id = self.repo_mut(repo)?.label(name).ok_or(Refusal::NotFound)?.id;
        self.emit_label(act, repo, id, "deleted", json!({}));
        let repo = self.repo_mut(repo)?;
        repo.labels.retain(|label| label.id != id);
        for issue in repo.issues.values_mut() {
            issue.labels.retain(|label| *label != id);
        }
        Ok(Subject::Label(id))
    }

    fn emit_label(&self, act: &mut Act<'_>, repo: u64, id: u64, action: &'static str, extra: Value) {
        let found = self.repos.get(&repo).and_then(|repo| {
            let label = repo.labels.iter().find(|label| label.id == id)?;
            Some(render::issue::label(self, repo, label))
        });
        let mut fields = json!({ "label": found });
        if let (Some(fields), Value::Object(extra)) = (fields.as_object_mut(), extra) {
            fields.extend(extra);
        }
        self.emit(act, repo, "label", action, fields);
    }
}

/// A label's name is 1 to 50 characters.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::invalid("Label", "name", "missing_field"));
    }
    if name.chars().count() > 50 {
        return Err(Refusal::custom("Label", "name", "name is too long (maximum is 50 characters)"));
    }
    Ok(())
}

fn check_color(color: &str) -> Result<(), Refusal> {
    let hexadecimal = color.len() == 6 && color.chars().all(|digit| digit.is_ascii_hexdigit());
    if hexadecimal { Ok(()) } else { Err(Refusal::invalid("Label", "color", "invalid")) }
}
