// 从文件夹里直接打开的页面不能用 Worker，查找就在一个隐藏的框里做。
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.inner = frame.contentWindow;
      this.inner.postMessage = (data) => {
        const message = new MessageEvent("message", { data });
        this.dispatchEvent(message);
        if (this.onmessage) this.onmessage(message);
      };
      this.ready = new Promise((done) => {
        const script = this.inner.document.createElement("script");
        script.src = new URL(address, document.baseURI);
        script.onload = done;
        this.inner.document.body.append(script);
      });
    }

    postMessage(data) {
      this.ready.then(() => this.inner.onmessage(new MessageEvent("message", { data })));
    }

    terminate() {}
  };
}
