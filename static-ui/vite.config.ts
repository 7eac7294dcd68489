import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const api = process.env.DISPATCH_API ?? 'http://127.0.0.1:8787';

export default defineConfig({
  plugins: [svelte()],
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    target: 'es2023',
    // What light-dark() needs; a lower target would rewrite every colour.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    sourcemap: false,
  },
});
