/** @returns path of a Chromium on this machine; undefined where there is none */
export declare function findChromium(): string | undefined;
