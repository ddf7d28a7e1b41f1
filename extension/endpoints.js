// ChatGPT's endpoints, as the page's own timing and the developer tools name them.
globalThis.MEND_ENDPOINTS = {
  watched: /^https:\/\/(?:[\w-]+\.)*(?:chatgpt\.com|chat\.openai\.com)\/(?:backend-(?:api|anon)\/(?:f\/)?conversations?(?:\/|$)|backend-(?:api|anon)\/sentinel\/chat-requirements|backend-api\/(?:me$|accounts\/check)|api\/auth\/session|cdn\/assets\/)/,
  noise: /^https:\/\/(?:chatgpt\.com\/(?:ces|backend-api\/(?:lat|beacons))\/|ab\.chatgpt\.com\/|[\w.-]*(?:statsigapi\.net|featuregates\.org|browser-intake-datadoghq\.com|sentry\.io)\/)/,
  chat: /\/backend-(?:api|anon)\/(?:f\/)?conversation$/,
};
