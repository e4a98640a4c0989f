//! Hosts of APIs, told from addresses in code.

/// An API: how its host ends, whose it is, and whether models are asked there by name.
pub(crate) struct Api {
    /// The end of the host, or of the host and the start of the path.
    pub(crate) host: &'static str,
    /// The provider or product.
    pub(crate) provider: &'static str,
    /// Whether names of models in a file that talks to it are of this provider.
    pub(crate) models: bool,
}

const fn models(host: &'static str, provider: &'static str) -> Api {
    Api { host, provider, models: true }
}

const fn other(host: &'static str, provider: &'static str) -> Api {
    Api { host, provider, models: false }
}

/// The first that fits counts.
pub(crate) const APIS: &[Api] = &[
    models("api.openai.com", "openai"),
    models("api.anthropic.com", "anthropic"),
    models("generativelanguage.googleapis.com", "google"),
    models("aiplatform.googleapis.com", "google"),
    models("api.groq.com", "groq"),
    models("api.mistral.ai", "mistral"),
    models("api.cohere.ai", "cohere"),
    models("api.cohere.com", "cohere"),
    models("api.together.xyz", "together"),
    models("api.together.ai", "together"),
    models("api.deepseek.com", "deepseek"),
    models("openrouter.ai/api", "openrouter"),
    models("api.x.ai", "xai"),
    models("api.perplexity.ai", "perplexity"),
    models("api.fireworks.ai", "fireworks"),
    models("api.cerebras.ai", "cerebras"),
    models("api.sambanova.ai", "sambanova"),
    models("api.hyperbolic.xyz", "hyperbolic"),
    models("api.deepinfra.com", "deepinfra"),
    models("api.novita.ai", "novita"),
    models("api.upstage.ai", "upstage"),
    models("api.ai21.com", "ai21"),
    models("api.replicate.com", "replicate"),
    models("api.moonshot.cn", "moonshot"),
    models("api.moonshot.ai", "moonshot"),
    models("dashscope.aliyuncs.com", "alibaba"),
    models("dashscope-intl.aliyuncs.com", "alibaba"),
    models("open.bigmodel.cn/api", "zhipu"),
    models("api.minimax.chat", "minimax"),
    models("api.siliconflow.cn", "siliconflow"),
    models("api.stability.ai", "stability"),
    models("modelslab.com/api", "modelslab"),
    models("fal.run", "fal"),
    models("integrate.api.nvidia.com", "nvidia"),
    models("models.inference.ai.azure.com", "azure"),
    models("models.github.ai", "github-models"),
    models("api.voyageai.com", "voyageai"),
    models("api.jina.ai", "jina"),
    models("api.elevenlabs.io", "elevenlabs"),
    models("api.deepgram.com", "deepgram"),
    models("api.assemblyai.com", "assemblyai"),
    models("api-inference.huggingface.co", "huggingface"),
    models("router.huggingface.co", "huggingface"),
    other("r.jina.ai", "jina"),
    other("s.jina.ai", "jina"),
    other("api.firecrawl.dev", "firecrawl"),
    other("api.tavily.com", "tavily"),
    other("serpapi.com/search", "serpapi"),
    other("google.serper.dev", "serper"),
    other("api.exa.ai", "exa"),
    other("api.search.brave.com", "brave"),
    other("api.bing.microsoft.com", "bing"),
    other("api.unstructured.io", "unstructured"),
    other("api.unstructuredapp.io", "unstructured"),
    other("api.cloud.llamaindex.ai", "llamacloud"),
    other("api.smith.langchain.com", "langsmith"),
    other("cloud.langfuse.com", "langfuse"),
    models("api.cartesia.ai", "cartesia"),
    models("api.lemonfox.ai", "lemonfox"),
    models("api.rev.ai", "rev"),
    models("asr.api.speechmatics.com", "speechmatics"),
    other("texttospeech.googleapis.com", "google"),
    other("speech.googleapis.com", "google"),
    other("api.deepl.com", "deepl"),
    other("api-free.deepl.com", "deepl"),
    other("api.linkup.so", "linkup"),
    other("googleapis.com/customsearch", "google-custom-search"),
    other("export.arxiv.org/api", "arxiv"),
    other("eutils.ncbi.nlm.nih.gov", "pubmed"),
    other("api.semanticscholar.org", "semantic-scholar"),
    other("wikipedia.org/w/api.php", "wikipedia"),
    other("api.duckduckgo.com", "duckduckgo"),
    other("html.duckduckgo.com", "duckduckgo"),
    other("www.searchapi.io/api", "searchapi"),
    other("api.ydc-index.io", "you.com"),
    other("api.browserbase.com", "browserbase"),
    other("chrome.browserless.io", "browserless"),
    other("app.scrapingbee.com", "scrapingbee"),
    other("api.apify.com", "apify"),
    other("api.scrapfly.io", "scrapfly"),
    other("api.zenrows.com", "zenrows"),
    other("api.wolframalpha.com", "wolfram-alpha"),
    other("api.openweathermap.org", "openweathermap"),
    other("api.weatherapi.com", "weatherapi"),
    other("api.open-meteo.com", "open-meteo"),
    other("api.weather.gov", "weather.gov"),
    other("www.alphavantage.co", "alphavantage"),
    other("api.polygon.io", "polygon"),
    other("financialmodelingprep.com/api", "financialmodelingprep"),
    other("api.financialdatasets.ai", "financialdatasets"),
    other("newsapi.org", "newsapi"),
    other("slack.com/api", "slack"),
    other("hooks.slack.com", "slack"),
    other("api.twitter.com", "twitter"),
    other("api.x.com", "twitter"),
    other("api.linkedin.com", "linkedin"),
    other("api.notion.com", "notion"),
    other("api.arcade.dev", "arcade"),
    other("oai.helicone.ai", "helicone"),
    other("api.helicone.ai", "helicone"),
    other("api.portkey.ai", "portkey"),
    other("gateway.ai.cloudflare.com", "cloudflare-ai-gateway"),
    other("api.braintrust.dev", "braintrust"),
    other("otlp.arize.com", "arize"),
    other("app.phoenix.arize.com", "phoenix"),
    other("us.cloud.langfuse.com", "langfuse"),
    other("api.mem0.ai", "mem0"),
    other("api.getzep.com", "zep"),
    other("api.e2b.dev", "e2b"),
    other("mcp.exa.ai", "exa"),
];

/// Parts of a path that are pages for people.
const PAGES: [&str; 7] =
    ["/settings", "/docs", "/keys", "/console", "/signup", "/account", "/dashboard"];

/// The API that a text is an address of: the API, and the address without what follows the path.
pub(crate) fn of(text: &str) -> Option<(&'static Api, String)> {
    let rest = text.strip_prefix("https://").filter(|rest| !rest.contains([' ', '\n']))?;
    let rest = rest.split(['?', '#', '{', '$']).next()?.trim_end_matches('/');
    let fits = |api: &&Api| {
        let after = rest.split_once(api.host);
        after.is_some_and(|(before, after)| {
            (before.is_empty() || before.ends_with(['.', '-']) && !before.contains('/'))
                && (after.is_empty() || after.starts_with(['/', ':']))
        })
    };
    let api = APIS.iter().find(fits)?;
    let page = PAGES.iter().any(|page| rest.contains(page));
    (!page && rest.len() <= 200).then(|| (api, format!("https://{rest}")))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn hosts_of_apis_are_told_and_pages_are_not() {
        let told = |text: &str| of(text).map(|(api, address)| (api.provider, address));
        assert_eq!(
            told("https://api.groq.com/openai/v1/?x=1"),
            Some(("groq", "https://api.groq.com/openai/v1".to_owned()))
        );
        assert_eq!(told("https://eu-aiplatform.googleapis.com/v1").unwrap().0, "google");
        for no in [
            "https://api.groq.com.example.org/v1",
            "https://example.org/?to=api.groq.com",
            "https://example.org/api.groq.com",
            "https://api.together.xyz/settings/api-keys",
            "see https://api.groq.com",
            "https://notapi.x.ai",
        ] {
            assert_eq!(told(no), None, "{no}");
        }
    }
}
