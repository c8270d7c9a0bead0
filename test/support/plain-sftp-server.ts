import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';
import { fingerprintOf } from '../../src/gateway-agent/connectors/sftp/host-key.js';

const { Server, utils } = ssh2;
const { STATUS_CODE } = utils.sftp;
const [FOLDER, FILE, LINK] = [0o040_755, 0o100_644, 0o120_777];

interface Open {
  readonly path: string;
  listed: boolean;
}

/**
 * The least that an SFTP server can be: files in memory, sign-in by password, none of OpenSSH's extensions, and links that
 * it does not resolve.
 */
export class PlainSftpServer {
  readonly files = new Map<string, Buffer | null>([['/home', null]]);
  readonly links = new Set<string>();
  /** Asks for the password in a dialogue. */
  asksInDialogue = false;
  /** Requests of this kind are never answered. */
  silentAt: 'open' | 'rename' | undefined;
  sessions = 0;
  signIns = 0;
  private readonly connections = new Set<Connection>();

  private constructor(
    private readonly server: InstanceType<typeof Server>,
    readonly hostKey: string,
  ) {}

  static readonly login = { username: 'ann', password: 'pä ss' };

  /** @param algorithms all that it offers; the library's own when left out */
  static async start(algorithms?: ssh2.Algorithms): Promise<PlainSftpServer> {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' });
    const key = utils.parseKey(pem);
    if (key instanceof Error) throw key;
    const server = new Server({ hostKeys: [pem], ...(algorithms && { algorithms }) });
    const started = new PlainSftpServer(server, fingerprintOf(key.getPublicSSH()));
    server.on('connection', (connection: Connection) => {
      started.accept(connection);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts all links without a word. */
  drop(): void {
    for (const connection of this.connections) connection.end();
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(connection: Connection): void {
    this.connections.add(connection);
    this.sessions += 1;
    connection.on('error', () => undefined);
    connection.on('close', () => {
      if (this.connections.delete(connection)) this.sessions -= 1;
    });
    const { username, password } = PlainSftpServer.login;
    connection.on('authentication', (context) => {
      this.signIns += 1;
      const isHer = context.username === username;
      if (context.method === 'password' && !this.asksInDialogue) {
        if (isHer && context.password === password) context.accept();
        else context.reject(['password']);
      } else if (context.method === 'keyboard-interactive' && this.asksInDialogue) {
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
          if (isHer && answers[0] === password) context.accept();
          else context.reject();
        });
      } else context.reject([this.asksInDialogue ? 'keyboard-interactive' : 'password']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (take) => {
        this.serve(take());
      });
    });
  }

  private serve(sftp: SFTPWrapper): void {
    const open = new Map<number, Open>();
    let next = 0;
    const opened = (id: number, path: string): void => {
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE((next += 1));
      open.set(next, { path, listed: false });
      sftp.handle(id, handle);
    };
    const at = (handle: Buffer): Open => open.get(handle.readUInt32BE()) ?? { path: '', listed: true };
    const look = (id: number, path: string): void => {
      const attrs = this.attrsOf(path);
      if (attrs) sftp.attrs(id, attrs);
      else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    };
    sftp.on('REALPATH', (id, path) => {
      sftp.name(id, [{ filename: path.startsWith('/') ? path : `/home/${path}`, longname: '', attrs: {} as never }]);
    });
    sftp.on('LSTAT', look).on('STAT', look);
    sftp.on('FSTAT', (id, handle) => {
      look(id, at(handle).path);
    });
    sftp.on('FSETSTAT', (id) => {
      sftp.status(id, STATUS_CODE.OK);
    });
    sftp.on('OPENDIR', opened);
    sftp.on('READDIR', (id, handle) => {
      const folder = at(handle);
      const names = [...this.files.keys()].filter((path) => dirname(path) === folder.path && path !== '/');
      if (folder.listed) {
        sftp.status(id, STATUS_CODE.EOF);
        return;
      }
      folder.listed = true;
      sftp.name(
        id,
        ['.', '..', '../up', ...names.map((path) => path.slice(path.lastIndexOf('/') + 1))].map((filename) => ({
          filename,
          longname: '',
          attrs: this.attrsOf(`${folder.path}/${filename}`) ?? ({ mode: FOLDER } as never),
        })),
      );
    });
    sftp.on('OPEN', (id, path, flags) => {
      if (this.silentAt === 'open') return;
      const isNew = (flags & utils.sftp.OPEN_MODE.EXCL) !== 0;
      if (isNew === this.files.has(path)) {
        sftp.status(id, isNew ? STATUS_CODE.FAILURE : STATUS_CODE.NO_SUCH_FILE);
        return;
      }
      if (isNew) this.files.set(path, Buffer.alloc(0));
      opened(id, path);
    });
    sftp.on('READ', (id, handle, offset, length) => {
      const part = this.files.get(at(handle).path)?.subarray(offset, offset + length);
      if (part && part.length > 0) sftp.data(id, part);
      else sftp.status(id, STATUS_CODE.EOF);
    });
    sftp.on('WRITE', (id, handle, offset, data) => {
      const { path } = at(handle);
      const old = this.files.get(path) ?? Buffer.alloc(0);
      const grown = Buffer.alloc(Math.max(old.length, offset + data.length));
      old.copy(grown);
      data.copy(grown, offset);
      this.files.set(path, grown);
      sftp.status(id, STATUS_CODE.OK);
    });
    sftp.on('CLOSE', (id, handle) => {
      open.delete(handle.readUInt32BE());
      sftp.status(id, STATUS_CODE.OK);
    });
    sftp.on('REMOVE', (id, path) => {
      sftp.status(id, this.files.delete(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
    });
    sftp.on('RENAME', (id, from, to) => {
      if (this.silentAt === 'rename') return;
      const file = this.files.get(from);
      if (!file || this.files.has(to)) {
        sftp.status(id, STATUS_CODE.FAILURE);
        return;
      }
      this.files.delete(from);
      this.files.set(to, file);
      sftp.status(id, STATUS_CODE.OK);
    });
  }

  private attrsOf(path: string) {
    const file = this.files.get(path);
    if (file === undefined) return undefined;
    const mode = this.links.has(path) ? LINK : file ? FILE : FOLDER;
    return { mode, uid: 0, gid: 0, size: file?.length ?? 0, atime: 1_700_000_000, mtime: 1_700_000_000 };
  }
}
