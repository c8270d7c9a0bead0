/** A browser as far as the development sign-in pages need one: keeps cookies, and follows redirects when told to. */
export class SignInBrowser {
  private readonly cookies = new Map<string, string>();

  /** @param origin of the sign-in service over plain http, whatever its pages say: their certificate is not known here */
  constructor(private readonly origin: string) {}

  /** Enters a device's code and signs a person in. @returns the last page */
  async enterCode(address: string, code: string, login: { username: string; password: string }): Promise<string> {
    const input = await this.go(address);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(input.text)?.[1] ?? '';
    await this.go(address, { xsrf, user_code: code });
    const page = await this.follow(address, { xsrf, user_code: code, confirm: 'yes' });
    const action = /action="([^"]+\/login\/[^"]+)"/.exec(page)?.[1] ?? '';
    return this.follow(action, login);
  }

  private async follow(url: string, form: Record<string, string>): Promise<string> {
    let answer = await this.go(url, form);
    while (answer.location !== '') answer = await this.go(answer.location);
    return answer.text;
  }

  private async go(url: string, form?: Record<string, string>): Promise<{ location: string; text: string }> {
    const { pathname, search } = new URL(url, this.origin);
    const answer = await fetch(new URL(`${pathname}${search}`, this.origin), {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { location: answer.headers.get('location') ?? '', text: await answer.text() };
  }
}
