/** The scripted model as LangChain knows it, made of the classes of this workspace. */

import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import OpenAI from 'openai'
import { scriptedChatModel } from 'stormproof/adapter/langchain'

export const chatModel = (fields: Record<string, unknown> = {}): BaseChatModel =>
  scriptedChatModel({ BaseChatModel, AIMessage, AIMessageChunk, ChatGenerationChunk, openai: OpenAI, fields })
