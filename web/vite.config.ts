import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Puts src/assets/theme.js into the head as a blocking, hashed file, and preloads the text font. */
function firstPaint(): Plugin {
  let serving = false;
  return {
    name: 'first-paint',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    buildStart() {
      if (!serving) {
        this.emitFile({ type: 'asset', name: 'theme.js', source: readFileSync('src/assets/theme.js') });
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const files = Object.keys(context.bundle ?? {});
        const theme = files.find((file) => /theme-.*\.js$/.test(file)) ?? 'src/assets/theme.js';
        const font = files.find((file) => /archivo-.*\.woff2$/.test(file));
        return [
          { tag: 'script', attrs: { src: `./${theme}` }, injectTo: 'head' },
          ...(font
            ? [
                {
                  tag: 'link',
                  attrs: { rel: 'preload', href: `./${font}`, as: 'font', type: 'font/woff2', crossorigin: true },
                  injectTo: 'head' as const,
                },
              ]
            : []),
        ];
      },
    },
  };
}

/** Writes a .br sibling beside each file that shrinks; the server sends it to browsers that accept it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle(options) {
      const folder = options.dir ?? 'dist';
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|txt|json)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const source = readFileSync(path);
        const smaller = brotliCompressSync(source, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length },
        });
        if (smaller.length < source.length) writeFileSync(`${path}.br`, smaller);
      }
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), firstPaint(), compressed()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': { target: process.env.NETRONOME_SERVER ?? 'http://127.0.0.1:7575' } } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'], restoreMocks: true },
});
