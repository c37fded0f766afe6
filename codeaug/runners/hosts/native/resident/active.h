#ifdef __cplusplus
extern "C" __attribute__((visibility("hidden"))) int codeaug_active;
#endif
