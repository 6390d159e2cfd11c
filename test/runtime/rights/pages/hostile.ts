/** Texts that would change a page that doesn't escape them, or hide or reorder what it says. */
export const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>fetch("https://collector.example")</script>',
  'the end of an element': '</span></dd></dl></main><h1>Forged</h1>',
  'the end of a style': '</style><style>*{background:url(//collector.example)}</style>',
  'an attribute': '" onmouseover="alert(1)" x=\'y\'',
  'an image': '<img src=x onerror=alert(1)>',
  'a comment': '<!-- --!> --> <![CDATA[ ]]>',
  'a frame': '<iframe srcdoc="&lt;script&gt;1&lt;/script&gt;"></iframe><base href="//collector.example">',
  entities: '&lt;b&gt; &amp;amp; &#60; &nbsp; &',
  'a direction': '\u202eevil\u202c \u2066a\u2069',
  'zero width': 'a\u200bb\ufeffc\u{e0041}',
  'control characters': 'NUL \u0000 bell \u0007 escape \u001b[2J \u0085',
  'half a character': '\ud800 and \udc00',
  'line breaks': 'one\ntwo\r\nthree\rfour\u2028five\ttab',
  'a link': 'javascript:alert(1) file:///etc/passwd https://collector.example',
};
