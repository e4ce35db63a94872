// Starts the editing page with the configuration that lies beside it, and nothing from elsewhere.
import { itemFormat } from "./items.js";

const { lang, config, fields } = await (await fetch("config.json")).json();

// The page speaks the site's language whatever the browser's is; another can be chosen in its settings.
for (const [name, value] of Object.entries({ language: lang, languages: [lang] }))
  Object.defineProperty(navigator, name, { value });

// It looks at the language as it is loaded, hence only now.
const { default: CMS } = await import("./sveltia-cms.js");
CMS.registerCustomFormat("item", "md", itemFormat(fields, false));
CMS.registerCustomFormat("item-yaml", "yml", itemFormat(fields, true));
config.logo.src = new URL(config.logo.src, location).pathname;
CMS.init({ config });
