import { PRODUCT_VERSION } from '../../contract/version.js';

/** What a person sees who opens this address in a browser. Says nothing that is not public. */
export const LANDING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tidegate</title>
<h1>Tidegate ${PRODUCT_VERSION}</h1>
<p>The control plane of an on-premises data gateway. It answers programs:</p>
<dl>
<dt><code>/v1</code></dt><dd>management of gateways, connections, environments and join tokens</dd>
<dt><code>/apim/&lt;connector&gt;/&lt;connection&gt;</code></dt><dd>data, for apps and flows</dd>
<dt><code>/agent/v1</code></dt><dd>agents</dd>
<dt><a href="/docs"><code>/docs</code></a></dt><dd>all of it described, if the operator shows it</dd>
<dt><a href="/health"><code>/health</code></a></dt><dd>how it is</dd>
</dl>
<p>Everything but this page, the description, the health check and the discovery of agents needs an access token.</p>
</html>
`;
