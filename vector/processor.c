/* The widest vectors in bytes that this processor and its operating system have, of those that this library is built for; 0: none. */
__attribute__((visibility("default"))) int sweetspot_widest(void) {
#if defined(__x86_64__)
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx512f") ? 64 : __builtin_cpu_supports("avx2") ? 32 : 0;
#elif defined(__aarch64__)
	return 16;
#else
#error "x86-64 and aarch64 only"
#endif
}
