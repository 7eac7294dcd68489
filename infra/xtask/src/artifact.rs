//! What a function weighs as Lambda gets it.

use std::fmt;
use std::path::Path;

use anyhow::Context as _;
use tokio::process::Command;

use crate::process::output;

/// The largest zipped function, in megabytes: what is loaded at every cold start.
pub(crate) const LARGEST: f64 = 6.0;

/// The size of a program, in megabytes.
pub(crate) struct Weight {
    built: f64,
    /// As SAM zips it.
    pub(crate) zipped: f64,
}

impl Weight {
    /// Weighs a program.
    ///
    /// # Errors
    /// The file or python3 is not there.
    pub(crate) async fn of(program: &Path) -> anyhow::Result<Self> {
        // Without the file's own time, which the build sets before the first that a zip can hold.
        const ZIP: &str = "import io, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as zip:
    zip.writestr(zipfile.ZipInfo('bootstrap'), open(sys.argv[1], 'rb').read(), zipfile.ZIP_DEFLATED)
print(len(out.getvalue()))";
        let weigh = async || {
            let built = std::fs::metadata(program)?.len();
            let mut zip = Command::new("python3");
            zip.args(["-c", ZIP]).arg(program);
            let zipped: u64 = output(zip).await?.parse().context("python3 told no size")?;
            anyhow::Ok(Self { built: built as f64 / 1e6, zipped: zipped as f64 / 1e6 })
        };
        weigh().await.with_context(|| format!("cannot weigh {}", program.display()))
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7.2} MB{:>8.2} MB zipped", self.built, self.zipped)
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[tokio::test]
    async fn what_the_build_dates_to_the_epoch_has_a_size() {
        let file = std::env::temp_dir().join(format!("dispatch-weighed-{}", std::process::id()));
        std::fs::write(&file, [7; 100_000]).unwrap();
        let opened = std::fs::File::options().write(true).open(&file).unwrap();
        opened.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let weight = Weight::of(&file).await.unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!((0.0001..0.001).contains(&weight.zipped), "{}", weight.zipped);
        assert_eq!(weight.to_string(), "   0.10 MB    0.00 MB zipped");
        assert!(Weight::of(&file).await.err().unwrap().to_string().contains("cannot weigh"));
    }
}
