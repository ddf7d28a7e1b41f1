// The words of the page, in its three languages. In English, what the service says is shown as it comes, so `said` is
// empty there. Sources: the English sentences stand in public threads and clients; the others are translations.

const TEXTS = {
  en: {
    newChat: "New chat",
    greeting: "What can I help with?",
    placeholder: "Ask anything",
    footer: "ChatGPT can make mistakes. Check important info.",
    send: "Send",
    stop: "Stop",
    voice: "Start voice",
    retry: "Retry",
    close: "Got it",
    reload: "Reload",
    attach: "Add files and more",
    pasted: "Pasted text",
    remove: (name) => `Remove ${name}`,
    copy: "Copy",
    you: "You said:",
    assistant: "ChatGPT said:",
    thinking: "Thinking",
    wrong: "Something went wrong. If this issue persists please contact us through our help center at help.openai.com.",
    network:
      "A network error occurred. Please check your connection and try again. " +
      "If this issue persists please contact us through our help center at help.openai.com.",
    stream: "Error in message stream",
    noEnd: "There was an error generating a response",
    late: "Message delivery timed out. Please try again.",
    socket: "Hmm...something seems to have gone wrong.",
    site: "Unable to load site. Please try again later; if you are using a VPN, try turning it off.",
    load: "Content failed to load",
    expired: "Your session has expired. Please log in again to continue using the app.",
    history: "Unable to load history",
    conversation: (id) => `Unable to load conversation ${id}`,
    limited:
      "Too many requests — You're making requests too quickly. We've temporarily limited access to your conversations " +
      "to protect our data. Please wait a few minutes before trying again.",
    recovery: "Connection interrupted. Waiting for the complete answer",
    waiting: "The line dropped. Fetching the rest",
    over: "The answer is complete. Reload the page to see it.",
    upload:
      "Failed upload to files.oaiusercontent.com. Please ensure your network settings allow access to this site or " +
      "contact your network administrator.",
    file: (name) => `Unable to upload ${name}`,
    steer: "Your message could not be added to this response.",
    said: {},
  },
  ja: {
    newChat: "新しいチャット",
    greeting: "何かお手伝いできることはありますか?",
    placeholder: "質問してみましょう",
    footer: "ChatGPT の回答は必ずしも正しいとは限りません。重要な情報は確認してください。",
    send: "送信",
    stop: "停止",
    voice: "音声を開始",
    retry: "再試行",
    close: "OK",
    reload: "再読み込み",
    attach: "ファイルなどを追加",
    pasted: "貼り付けたテキスト",
    remove: (name) => `${name} を削除`,
    copy: "コピー",
    you: "あなた:",
    assistant: "ChatGPT:",
    thinking: "思考中",
    wrong: "問題が発生しました。解決しない場合は、ヘルプセンター (help.openai.com) までお問い合わせください。",
    network:
      "ネットワークエラーが発生しました。接続を確認して、もう一度お試しください。" +
      "解決しない場合は、ヘルプセンター (help.openai.com) までお問い合わせください。",
    stream: "メッセージの受信中にエラーが発生しました",
    noEnd: "回答の生成中にエラーが発生しました",
    late: "メッセージの送信がタイムアウトしました。もう一度お試しください。",
    socket: "うーん…何か問題が起きたようです。",
    site: "サイトを読み込めません。時間をおいてもう一度お試しください。VPN を使用している場合は、オフにしてみてください。",
    load: "コンテンツを読み込めませんでした",
    expired: "セッションの有効期限が切れました。引き続き利用するには、もう一度ログインしてください。",
    history: "履歴を読み込めません",
    conversation: (id) => `会話 ${id} を読み込めません`,
    limited:
      "リクエストが多すぎます — リクエストの間隔が短すぎます。データを保護するため、会話へのアクセスを一時的に制限しています。" +
      "数分待ってから、もう一度お試しください。",
    recovery: "接続が中断されました。完全な回答を待っています",
    waiting: "回線が切れました。残りを取得しています",
    over: "回答は完成しています。ページを再読み込みすると表示されます。",
    upload:
      "files.oaiusercontent.com へのアップロードに失敗しました。ネットワーク設定でこのサイトへのアクセスが許可されていることを確認するか、" +
      "ネットワーク管理者にお問い合わせください。",
    file: (name) => `${name} をアップロードできません`,
    steer: "メッセージをこの回答に追加できませんでした。",
    said: {
      usage_limit_reached: ({ resets_in_seconds }) =>
        `利用上限に達しました。${Math.ceil(resets_in_seconds / 3600)} 時間後にもう一度お試しください。`,
      message_length_exceeds_limit:
        "送信したメッセージが長すぎます。会話を再読み込みして、短くしてから送信してください。",
      conversation_too_large: "この会話は最大の長さに達しました。新しいチャットで会話を続けられます。",
      conversation_not_found: "会話が見つかりません",
      model_not_found: "このモデルは存在しないか、利用する権限がありません。",
      unsupported_country_region_territory: "お住まいの国または地域はサポートされていません",
      "Too many requests in 1 hour": "1 時間あたりのリクエスト数が多すぎます。時間をおいてもう一度お試しください。",
      "Only one message at a time":
        "一度に送信できるメッセージは 1 件だけです。ほかの回答が完了してから送信するか、1 分お待ちください。",
      "Unusual activity": "お使いのデバイスで通常とは異なるアクティビティが検出されました。時間をおいてもう一度お試しください。",
      "Something went wrong.": "問題が発生しました。",
    },
  },
  zh: {
    newChat: "新聊天",
    greeting: "有什么可以帮忙的？",
    placeholder: "询问任何问题",
    footer: "ChatGPT 也可能会犯错。请核查重要信息。",
    send: "发送",
    stop: "停止",
    voice: "开始语音",
    retry: "重试",
    close: "知道了",
    reload: "重新加载",
    attach: "添加文件等",
    pasted: "粘贴的文本",
    remove: (name) => `移除 ${name}`,
    copy: "复制",
    you: "你说：",
    assistant: "ChatGPT 说：",
    thinking: "思考中",
    wrong: "出了点问题。如果问题仍然存在，请通过帮助中心 (help.openai.com) 联系我们。",
    network:
      "发生网络错误。请检查您的连接，然后重试。如果问题仍然存在，请通过帮助中心 (help.openai.com) 联系我们。",
    stream: "消息流出错",
    noEnd: "生成回复时出错",
    late: "消息发送超时。请重试。",
    socket: "嗯……似乎出了点问题。",
    site: "无法加载网站。请稍后重试；如果您正在使用 VPN，请尝试将其关闭。",
    load: "内容加载失败",
    expired: "您的会话已过期。请重新登录以继续使用此应用。",
    history: "无法加载历史记录",
    conversation: (id) => `无法加载对话 ${id}`,
    limited:
      "请求过多 — 您的请求过于频繁。为了保护我们的数据，我们已暂时限制您访问对话。请等待几分钟后重试。",
    recovery: "连接中断。正在等待完整回答",
    waiting: "线路断了。正在取回其余部分",
    over: "回答已完成。请重新加载页面查看。",
    upload: "上传到 files.oaiusercontent.com 失败。请确保您的网络设置允许访问此网站，或联系您的网络管理员。",
    file: (name) => `无法上传 ${name}`,
    steer: "无法将您的消息添加到此回复。",
    said: {
      usage_limit_reached: ({ resets_in_seconds }) =>
        `您已达到使用上限。请在 ${Math.ceil(resets_in_seconds / 3600)} 小时后重试。`,
      message_length_exceeds_limit: "您提交的消息过长，请重新加载对话并提交较短的内容。",
      conversation_too_large: "此对话已达到最大长度，您可以开始新聊天继续交谈。",
      conversation_not_found: "未找到对话",
      model_not_found: "该模型不存在，或您无权使用。",
      unsupported_country_region_territory: "不支持您所在的国家、地区或领地",
      "Too many requests in 1 hour": "1 小时内请求过多。请稍后再试。",
      "Only one message at a time": "一次只能发送一条消息。请等待其他回复完成后再发送，或等待一分钟。",
      "Unusual activity": "检测到您的设备存在异常活动。请稍后再试。",
      "Something went wrong.": "出了点问题。",
    },
  },
};

export const text = TEXTS[document.documentElement.lang.slice(0, 2)] ?? TEXTS.en;

// Messages of the service that the page shows, by code or by their beginning.
const KNOWN = Object.keys(TEXTS.ja.said);

// The text for a message of the service; nothing where the page does not show it.
export function said(code, message) {
  const known = KNOWN.find((known) => code === known || message?.startsWith(known));
  return known && { words: text.said[known] ?? message };
}
